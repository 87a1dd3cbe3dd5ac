//! The arguments of the program.

use std::net::SocketAddr;
use std::num::ParseIntError;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, Parser, Subcommand};
use clap_complete::Shell;

use crate::iam::quota::QuotaName;
use crate::policy::PolicyType;
use crate::policy::catalog::dates::Day;

/// IAM in your terminal: users, groups, roles, policies and keys of an account, from the keyboard.
#[derive(Debug, Parser)]
#[command(name = "tiam", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) select: Select,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Which account to work on, and how.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(super) struct Select {
    /// The store, one SQLite file; made if it is not there [default: in the platform's data folder]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Account")]
    pub(super) store: Option<PathBuf>,
    /// The account, by its twelve digits or its alias; made empty if the store has no such id
    #[arg(long, global = true, value_name = "ID-OR-ALIAS", help_heading = "Account")]
    pub(super) account: Option<String>,
    /// Work on the demo account: Example Corp, in memory, the same each time
    #[arg(long, global = true, conflicts_with_all = ["store", "account", "profile", "endpoint_url", "region"], help_heading = "Account")]
    pub(super) demo: bool,
    /// The AWS account that a profile of the shared config and credentials files leads to
    #[arg(long, global = true, value_name = "NAME", help_heading = "Account")]
    pub(super) profile: Option<String>,
    /// The account of the endpoint at this URL; plain http only on this machine
    #[arg(long, global = true, value_name = "URL", help_heading = "Account")]
    pub(super) endpoint_url: Option<String>,
    /// The region that requests to an endpoint are signed for
    #[arg(long, global = true, value_name = "NAME", help_heading = "Account")]
    pub(super) region: Option<String>,
    /// Let no change through
    #[arg(long, global = true, help_heading = "Account")]
    pub(super) read_only: bool,
    /// Do what may take away your own access without asking again
    #[arg(long, global = true, help_heading = "Account")]
    pub(super) yes: bool,
}

impl Select {
    /// Takes over what was said later.
    pub(super) fn join(self, later: Self) -> Self {
        Self {
            store: later.store.or(self.store),
            account: later.account.or(self.account),
            demo: later.demo || self.demo,
            profile: later.profile.or(self.profile),
            endpoint_url: later.endpoint_url.or(self.endpoint_url),
            region: later.region.or(self.region),
            read_only: later.read_only || self.read_only,
            yes: later.yes || self.yes,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find users, groups, roles, policies, access keys and tasks, as the console's search does
    Search(Find),
    /// Make one API call, with the aws command line's parameters and output
    #[command(
        after_help = "Examples:\n  tiam api create-user --user-name ann --path /eng/\n  tiam api sts get-caller-identity"
    )]
    Api(Api),
    /// Serve an account as an IAM and STS endpoint on this machine, for any AWS client
    Serve(Serve),
    /// Show the quotas of a local account, or set one; a running server takes it up at once
    Quota(Quota),
    /// Check policy documents: what IAM would refuse, and what Access Analyzer would say
    Lint(Lint),
    /// Find everybody who can perform an action, and through which policies
    WhoCan(WhoCan),
    /// Show what a user, role or group can do, as the console's policy summary does
    Can(Can),
    /// Decide a request against an account's policies, as IAM does, and say why
    Simulate(Simulate),
    /// Find who gets in from outside, who could get more rights, and what nobody uses
    Findings(Findings),
    /// Take in an account from what `aws iam get-account-authorization-details` prints, to ask questions of it
    Import(Import),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct Serve {
    /// The address to listen on; port 0 takes a free one. One that is not loopback needs TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(super) listen: SocketAddr,
    /// The root user's access key, in the shared-credentials format; made if it is not there [default: beside the store]
    #[arg(long, value_name = "FILE")]
    pub(super) root_credentials: Option<PathBuf>,
    /// The certificate chain to serve https with, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_cert: Option<PathBuf>,
    /// The private key of the certificate, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(super) tls_key: Option<PathBuf>,
    /// Append a line about each request to a file, `-` for stdout: time, request id, caller, action, status, error, µs
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
    /// The key set (JWKS) of an OpenID Connect issuer, in place of the one that it publishes; may be given again
    #[arg(long, value_name = "URL=FILE")]
    pub(super) issuer_keys: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Quota {
    /// Which, as `attached_policies_per_role`; all of them if it is left out
    #[arg(value_name = "NAME")]
    pub(super) name: Option<QuotaName>,
    /// What it shall be, or `default` for AWS's own
    #[arg(requires = "name", value_name = "NUMBER")]
    pub(super) value: Option<QuotaValue>,
}

/// What a quota is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuotaValue {
    /// AWS's default.
    Default,
    /// Another figure.
    Own(u32),
}

impl FromStr for QuotaValue {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        if text == "default" { Ok(Self::Default) } else { text.parse().map(Self::Own) }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct Lint {
    /// The documents, `-` for stdin
    #[arg(required_unless_present = "cases", conflicts_with = "cases", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Where the policies are attached
    #[arg(long = "type", value_name = "TYPE", default_value = "identity", value_parser = PolicyType::ALL.map(PolicyType::name))]
    pub(super) kind: String,
    /// Judge by the names that AWS listed on a day of the past, 2021-03-16 or later
    #[arg(long = "as-of", value_name = "YYYY-MM-DD", conflicts_with = "cases", value_parser = day)]
    pub(super) on: Option<Day>,
    /// Print one JSON array
    #[arg(long)]
    pub(super) json: bool,
    /// Neutral cases, one JSON object a line, `-` for stdin; answers `{"id","refused","findings"}` a line
    #[arg(long, value_name = "FILE")]
    pub(super) cases: Option<PathBuf>,
}

/// A day as a person writes it.
fn day(text: &str) -> Result<Day, &'static str> {
    Day::parse(text).ok_or("a day is written as 2024-05-31")
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "The status is 1 where nobody may. Policies of resources other than roles are not known.\n\nExamples:\n  \
    tiam who-can s3:PutObject arn:aws:s3:::productionapp/x\n  tiam who-can sts:AssumeRole role/UpdateApp\n  \
    tiam who-can iam:CreateUser --context aws:MultiFactorAuthPresent=true"
)]
pub(super) struct WhoCan {
    /// The action, as `s3:GetObject`
    #[arg(value_name = "ACTION")]
    pub(super) action: String,
    /// An ARN, or `role/NAME` of the account; anything, if it is left out
    #[arg(value_name = "RESOURCE")]
    pub(super) resource: Option<String>,
    /// A condition key of the request; again for more values; without `=` the request does not have it
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) context: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Can {
    /// A user by name, `role/NAME`, `group/NAME`, `policy/NAME`, `root`, or an ARN
    #[arg(value_name = "PRINCIPAL")]
    pub(super) principal: String,
    /// Show the actions of one service
    #[arg(long, value_name = "PREFIX", conflicts_with = "policy")]
    pub(super) service: Option<String>,
    /// Print all policies as one, within the boundary
    #[arg(long, conflicts_with = "json")]
    pub(super) policy: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "The status is 0 for allowed, 1 for denied, 3 where it depends on context that is not given.\n\nExamples:\n  \
    tiam simulate mary s3:GetObject arn:aws:s3:::productionapp/x\n  \
    tiam simulate role/app-server s3:DeleteBucket arn:aws:s3:::productionapp --context aws:RequestedRegion=eu-west-1"
)]
pub(super) struct Simulate {
    /// A user by name, `role/NAME`, `group/NAME`, `policy/NAME`, `root`, or an ARN
    #[arg(value_name = "PRINCIPAL", required_unless_present = "cases", requires = "action")]
    pub(super) principal: Option<String>,
    /// The action, as `s3:GetObject`
    #[arg(value_name = "ACTION")]
    pub(super) action: Option<String>,
    /// An ARN, or `role/NAME` of the account; `*`, if it is left out
    #[arg(value_name = "RESOURCE")]
    pub(super) resource: Option<String>,
    /// A condition key of the request; again for more values; without `=` the request does not have it
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) context: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
    /// Neutral cases, one JSON object a line, `-` for stdin; answers `{"id","decision","blockedBy"}` a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["principal", "action", "resource", "context", "json"])]
    pub(super) cases: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Findings {
    /// Ask the endpoint which services and actions each user and role used, with a few calls for each
    #[arg(long)]
    pub(super) last_accessed: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "An import takes the place of an earlier one of the same account.\n\nExample:\n  \
    aws iam get-account-authorization-details | tiam import -")]
pub(super) struct Import {
    /// The file, `-` for stdin; pages may follow one another
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Find {
    /// A name, an access key's id, a tag, or what you want to do
    #[arg(required = true, value_name = "PHRASE")]
    pub(super) phrase: Vec<String>,
    /// Print one JSON array
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Api {
    /// The service that the operation belongs to
    #[arg(long, value_name = "NAME", value_parser = ["iam", "sts"])]
    pub(super) service: Option<String>,
    /// The operation, as `create-user` or `CreateUser`, and its parameters as `aws iam` takes them
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPERATION")]
    pub(super) words: Vec<String>,
}

/// Account options that stand among the parameters of an operation, as in a line that begins with `aws`.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Stray {
    #[command(flatten)]
    select: Select,
}

/// Takes the account options out of an operation's parameters.
///
/// # Errors
/// clap's, for an option without its value.
pub(super) fn stray(words: Vec<String>) -> Result<(Select, Vec<String>), clap::Error> {
    let (mut own, mut rest) = (Vec::new(), Vec::new());
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.split('=').next().unwrap_or_default() {
            "--store" | "--account" | "--profile" | "--endpoint-url" | "--region" => {
                let is_joint = word.contains('=');
                own.push(word);
                own.extend(if is_joint { None } else { words.next() });
            }
            "--demo" | "--read-only" | "--yes" => own.push(word),
            _ => rest.push(word),
        }
    }
    Ok((Stray::try_parse_from(own)?.select, rest))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{Args, Command, stray};

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_arguments_are_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn an_operation_keeps_its_own_parameters() {
        let args =
            Args::try_parse_from(words("tiam --account a --read-only api --service sts x --yes --path /")).unwrap();
        assert_eq!(args.select.account.as_deref(), Some("a"));
        assert!(args.select.read_only);
        let Some(Command::Api(api)) = args.command else { panic!("no api") };
        assert_eq!((api.service.as_deref(), api.words), (Some("sts"), words("x --yes --path /")));
    }

    #[test]
    fn account_options_are_found_among_the_parameters() {
        let (select, rest) = stray(words("get-user --account=b --user-name ann --store /tmp/s --read-only")).unwrap();
        assert_eq!(rest, words("get-user --user-name ann"));
        assert_eq!((select.account.as_deref(), select.read_only, select.yes), (Some("b"), true, false));
        assert!(stray(words("get-user --store")).is_err());
    }
}
