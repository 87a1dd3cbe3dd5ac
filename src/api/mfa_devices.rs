//! The operations of the group "mfa devices": what goes in, what comes out, and what may go wrong.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::model::{Blob, Shape, UNBOUNDED, list, operations, structure, text};
use super::shapes::{
    BOOLEAN, DATE, EXISTING_USER_NAME, MARKER, MAX_ITEMS, PATH, RESPONSE_MARKER, SERIAL_NUMBER, TAG_LIST, USER,
    USER_NAME,
};
use super::{Tag, User};

structure! {
    /// `VirtualMFADevice` of the API model.
    VirtualMFADevice {
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        opt "Base32StringSeed" base32_string_seed: Option<Blob> = BOOTSTRAP_DATUM,
        opt "QRCodePNG" qr_code_png: Option<Blob> = BOOTSTRAP_DATUM,
        opt "User" user: Option<User> = USER,
        opt "EnableDate" enable_date: Option<Timestamp> = DATE,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    }
}

structure! {
    /// `MFADevice` of the API model.
    MFADevice {
        req "UserName" user_name: String = USER_NAME,
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        req "EnableDate" enable_date: Timestamp = DATE,
    }
}

operations! { iam "mfa-devices";

    /// [`CreateVirtualMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html).
    write CreateVirtualMFADevice -> CreateVirtualMFADeviceOutput ["LimitExceeded", "InvalidInput", "EntityAlreadyExists", "ConcurrentModification", "ServiceFailure"] {
        opt "Path" path: Option<String> = PATH,
        req "VirtualMFADeviceName" virtual_mfa_device_name: String = VIRTUAL_MFA_DEVICE_NAME,
        opt "Tags" tags: Option<Vec<Tag>> = TAG_LIST,
    } {
        req "VirtualMFADevice" virtual_mfa_device: VirtualMFADevice = VIRTUAL_MFA_DEVICE,
    }

    /// [`DeactivateMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html).
    write DeactivateMFADevice -> DeactivateMFADeviceOutput ["EntityTemporarilyUnmodifiable", "NoSuchEntity", "LimitExceeded", "ServiceFailure", "ConcurrentModification"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
    } {}

    /// [`DeleteVirtualMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html).
    write(takes_secret) DeleteVirtualMFADevice -> DeleteVirtualMFADeviceOutput ["NoSuchEntity", "DeleteConflict", "LimitExceeded", "ServiceFailure", "ConcurrentModification"] {
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
    } {}

    /// [`EnableMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html).
    write EnableMFADevice -> EnableMFADeviceOutput ["EntityAlreadyExists", "EntityTemporarilyUnmodifiable", "InvalidAuthenticationCode", "LimitExceeded", "NoSuchEntity", "ServiceFailure", "ConcurrentModification"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        req "AuthenticationCode1" authentication_code1: String = AUTHENTICATION_CODE,
        req "AuthenticationCode2" authentication_code2: String = AUTHENTICATION_CODE,
    } {}

    /// [`GetMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html).
    read GetMFADevice -> GetMFADeviceOutput ["NoSuchEntity", "ServiceFailure"] {
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        opt "UserName" user_name: Option<String> = USER_NAME,
    } {
        opt "UserName" user_name: Option<String> = USER_NAME,
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        opt "EnableDate" enable_date: Option<Timestamp> = DATE,
        opt "Certifications" certifications: Option<BTreeMap<String, String>> = CERTIFICATION_MAP,
    }

    /// [`ListMFADevices`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html).
    read ListMFADevices -> ListMFADevicesOutput ["NoSuchEntity", "ServiceFailure"] pages ["MFADevices"] {
        opt "UserName" user_name: Option<String> = EXISTING_USER_NAME,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "MFADevices" mfa_devices: Vec<MFADevice> = MFA_DEVICE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ListVirtualMFADevices`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html).
    read ListVirtualMFADevices -> ListVirtualMFADevicesOutput [] pages ["VirtualMFADevices"] {
        opt "AssignmentStatus" assignment_status: Option<String> = ASSIGNMENT_STATUS,
        opt "Marker" marker: Option<String> = MARKER,
        opt "MaxItems" max_items: Option<i64> = MAX_ITEMS,
    } {
        req "VirtualMFADevices" virtual_mfa_devices: Vec<VirtualMFADevice> = VIRTUAL_MFA_DEVICE_LIST,
        opt "IsTruncated" is_truncated: Option<bool> = BOOLEAN,
        opt "Marker" marker: Option<String> = RESPONSE_MARKER,
    }

    /// [`ResyncMFADevice`](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html).
    write ResyncMFADevice -> ResyncMFADeviceOutput ["InvalidAuthenticationCode", "NoSuchEntity", "LimitExceeded", "ServiceFailure", "ConcurrentModification"] {
        req "UserName" user_name: String = EXISTING_USER_NAME,
        req "SerialNumber" serial_number: String = SERIAL_NUMBER,
        req "AuthenticationCode1" authentication_code1: String = AUTHENTICATION_CODE,
        req "AuthenticationCode2" authentication_code2: String = AUTHENTICATION_CODE,
    } {}
}

/// The shape `assignmentStatusType`.
static ASSIGNMENT_STATUS: Shape = Shape::Text(text().values(&["Assigned", "Unassigned", "Any"]));
/// The shape `authenticationCodeType`.
static AUTHENTICATION_CODE: Shape = Shape::Text(text().length(6, 6).pattern(r"[\d]+"));
/// The shape `BootstrapDatum`.
static BOOTSTRAP_DATUM: Shape = Shape::Blob;
/// The shape `CertificationKeyType`.
static CERTIFICATION_KEY: Shape = Shape::Text(text().length(1, 128).pattern(r"[\u0020-\u00FF]+"));
/// The shape `CertificationMapType`.
static CERTIFICATION_MAP: Shape = Shape::Map { key: &CERTIFICATION_KEY, value: &CERTIFICATION_VALUE };
/// The shape `CertificationValueType`.
static CERTIFICATION_VALUE: Shape = Shape::Text(text().length(1, 32).pattern(r"[\u0020-\u00FF]+"));
/// The structure `MFADevice`.
static MFA_DEVICE: Shape = Shape::Structure(MFADevice::MEMBERS);
/// The shape `mfaDeviceListType`.
static MFA_DEVICE_LIST: Shape = list(&MFA_DEVICE, 0, UNBOUNDED);
/// The structure `VirtualMFADevice`.
static VIRTUAL_MFA_DEVICE: Shape = Shape::Structure(VirtualMFADevice::MEMBERS);
/// The shape `virtualMFADeviceListType`.
static VIRTUAL_MFA_DEVICE_LIST: Shape = list(&VIRTUAL_MFA_DEVICE, 0, UNBOUNDED);
/// The shape `virtualMFADeviceName`.
static VIRTUAL_MFA_DEVICE_NAME: Shape = Shape::Text(text().length(1, UNBOUNDED).pattern(r"[\w+=,.@-]+"));
