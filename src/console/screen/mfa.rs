//! What is done to MFA devices: assigned, brought back into step, taken away.

use secrecy::SecretString;
use serde_json::json;

use super::delete;
use super::enroll::Enroll;
use super::sheet::{Line, Part, Section};
use super::source::Look;
use super::users;
use crate::api::CreateVirtualMFADevice;
use crate::console::acts::{call, commit};
use crate::console::check;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::task::{Commit, Done, Failure};
use crate::console::widget::{Cell, Field, Form, Tone, Values};
use crate::store::view::{Finding, Mfa, MfaDevice, UserPage};

/// A code of an MFA device has six digits.
pub fn is_code(text: &str) -> Result<(), String> {
    let fits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(()) } else { Err("Six digits.".to_owned()) }
}

/// The section of the devices. Where there is none, a line stands for the place where one would be.
pub fn section(page: &UserPage, look: &Look) -> Section {
    let mut none = users::mfa(page.row.mfa, look);
    if page.row.findings.contains(&Finding::NoMfa) {
        none.tone = Tone::Finding;
    }
    let mut lines: Vec<Line> = page.mfa.iter().map(|device| line(device, look)).collect();
    if lines.is_empty() {
        lines.push(Line::new([none]).part(Part::Mfa(None)));
    }
    Section::new("MFA devices", lines)
}

fn line(device: &MfaDevice, look: &Look) -> Line {
    let enabled = device.enabled.map_or(Cell::none(&look.theme), |at| Cell::new(format!("since {}", moment::date(at))));
    let line = Line::new([Cell::new(device.serial.clone()), users::mfa(device.kind, look), enabled]);
    line.part(Part::Mfa(Some(device.serial.clone())))
}

/// Asks for the name of a virtual device, makes it, and goes on to assign it.
pub fn assign(user: &str) -> Effect {
    let rule = "Letters, digits and +=,.@_- only.";
    let field = Field::text("Device name", user)
        .help("An authenticator app on your telephone or computer is the device.")
        .check(check::of("CreateVirtualMFADevice", "VirtualMFADeviceName", "A device name", rule));
    let (user, title) = (user.to_owned(), format!("Assign a virtual MFA device to {user}"));
    let form = Form::new(title, vec![field], move |values: &Values, cx: &Context| {
        let (account, user, name) = (cx.account.clone(), user.clone(), values.get("Device name").to_owned());
        let label = cx.standing.account().to_owned();
        Effect::Commit(Commit::new(&cx.tasks, format!("Making MFA device {name}"), async move {
            let create = CreateVirtualMFADevice { virtual_mfa_device_name: name.clone(), ..Default::default() };
            let device = account.send(&create).await?.virtual_mfa_device;
            let seed = device.base32_string_seed.map(|seed| seed.0).unwrap_or_default();
            let seed = String::from_utf8(seed).map_err(|_| Failure::new("The device's secret cannot be read."))?;
            let enroll = move || {
                let uri = SecretString::from(format!("otpauth://totp/{name}@{label}?secret={seed}"));
                Effect::open(Enroll::new(user, device.serial_number, SecretString::from(seed), &uri))
            };
            Ok(Done::new("Made the device; now it has to be assigned").and_then(enroll))
        }))
    });
    Effect::open(form.saying("go on"))
}

/// Asks for two codes, which tell IAM how far the device's clock is off.
pub fn resync(user: &str, serial: &str) -> Effect {
    let fields = vec![
        Field::text("First code", "").help("What the device shows now.").check(is_code),
        Field::text("Second code", "").help("What it shows next.").check(is_code),
    ];
    let (user, serial) = (user.to_owned(), serial.to_owned());
    let form = Form::new(format!("Resync the MFA device of {user}"), fields, move |values: &Values, cx| {
        let input = json!({
            "UserName": user, "SerialNumber": serial,
            "AuthenticationCode1": values.get("First code"), "AuthenticationCode2": values.get("Second code"),
        });
        let calls = vec![call("ResyncMFADevice", input)];
        commit(cx, "Bringing the device into step", format!("The MFA device of {user} is in step again"), calls)
    });
    Effect::open(form.saying("resync"))
}

/// Asks, then takes a device from its user; a virtual one is deleted with it.
pub fn remove(user: &str, device: &MfaDevice, cx: &Context) -> Effect {
    let serial = &device.serial;
    let mut calls = vec![call("DeactivateMFADevice", json!({"UserName": user, "SerialNumber": serial}))];
    if device.kind == Mfa::Virtual {
        calls.push(call("DeleteVirtualMFADevice", json!({"SerialNumber": serial})));
    }
    let fact = format!("by assigning it anew; until then {user} signs in without it");
    delete::part(format!("Delete the MFA device {serial} of {user}?"), &fact, cx, calls)
}
