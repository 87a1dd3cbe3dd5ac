//! Known ways to get more rights than one was given, by what one may do already.
//!
//! The ways are public knowledge, most of them first collected by Rhino Security Labs; names and words are ours.

use super::{Asked, Reach, Standing, is_administrator};
use crate::policy::decision::Policies;

/// A way to escalate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// A short name.
    pub name: &'static str,
    /// The actions it takes, all of them.
    pub actions: &'static [&'static str],
    /// How it works.
    pub explanation: &'static str,
}

/// A way that is open to a principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The way.
    pub way: &'static Way,
    /// Whether every action is free. Otherwise some are limited to resources or by conditions, which may close it.
    pub is_certain: bool,
}

/// A row of the table.
const fn way(name: &'static str, actions: &'static [&'static str], explanation: &'static str) -> Way {
    Way { name, actions, explanation }
}

/// The known ways.
pub const WAYS: &[Way] = &[
    way(
        "new policy version",
        &["iam:CreatePolicyVersion"],
        "Writes a new default version of a policy that is attached to oneself.",
    ),
    way(
        "older policy version",
        &["iam:SetDefaultPolicyVersion"],
        "Brings back an older version of a policy that allowed more.",
    ),
    way(
        "attach to user",
        &["iam:AttachUserPolicy"],
        "Attaches any managed policy, AdministratorAccess included, to one's own user.",
    ),
    way("attach to group", &["iam:AttachGroupPolicy"], "Attaches any managed policy to a group that one is in."),
    way("attach to role", &["iam:AttachRolePolicy"], "Attaches any managed policy to a role that one can assume."),
    way("inline policy of user", &["iam:PutUserPolicy"], "Writes any inline policy into one's own user."),
    way("inline policy of group", &["iam:PutGroupPolicy"], "Writes any inline policy into a group that one is in."),
    way("inline policy of role", &["iam:PutRolePolicy"], "Writes any inline policy into a role that one can assume."),
    way("join a group", &["iam:AddUserToGroup"], "Adds oneself to a group that may do more."),
    way("another's access key", &["iam:CreateAccessKey"], "Makes an access key of a user who may do more."),
    way(
        "another's password",
        &["iam:CreateLoginProfile"],
        "Gives a user who may do more, and has no password, one that one knows.",
    ),
    way("reset a password", &["iam:UpdateLoginProfile"], "Changes the password of a user who may do more."),
    way(
        "role trust",
        &["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"],
        "Makes a role that may do more trust oneself, and assumes it.",
    ),
    way(
        "drop own boundary",
        &["iam:DeleteUserPermissionsBoundary"],
        "Removes the permissions boundary from one's own user.",
    ),
    way(
        "widen own boundary",
        &["iam:PutUserPermissionsBoundary"],
        "Puts a wider permissions boundary on one's own user.",
    ),
    way(
        "drop a role's boundary",
        &["iam:DeleteRolePermissionsBoundary"],
        "Removes the permissions boundary from a role that one can assume.",
    ),
    way(
        "new instance",
        &["iam:PassRole", "ec2:RunInstances"],
        "Starts an instance with a role that may do more, and uses its credentials.",
    ),
    way(
        "profile of an instance",
        &["iam:PassRole", "ec2:AssociateIamInstanceProfile"],
        "Gives an instance that one can reach a role that may do more.",
    ),
    way(
        "role of a profile",
        &["iam:PassRole", "iam:AddRoleToInstanceProfile"],
        "Puts a role that may do more into the profile of an instance that one can reach.",
    ),
    way(
        "new function, invoked",
        &["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
        "Makes a function with a role that may do more, and invokes it.",
    ),
    way(
        "new function, triggered",
        &["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
        "Makes a function with a role that may do more, and lets an event run it.",
    ),
    way(
        "new function, opened",
        &["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"],
        "Makes a function with a role that may do more, and lets another account invoke it.",
    ),
    way(
        "code of a function",
        &["lambda:UpdateFunctionCode"],
        "Replaces the code of a function whose role may do more.",
    ),
    way(
        "layer of a function",
        &["lambda:UpdateFunctionConfiguration"],
        "Adds a layer with own code to a function whose role may do more.",
    ),
    way(
        "new stack",
        &["iam:PassRole", "cloudformation:CreateStack"],
        "Makes a stack whose role may do more create what one may not.",
    ),
    way(
        "change a stack",
        &["iam:PassRole", "cloudformation:UpdateStack"],
        "Updates a stack with a role that may do more.",
    ),
    way(
        "new Glue endpoint",
        &["iam:PassRole", "glue:CreateDevEndpoint"],
        "Makes a development endpoint with a role that may do more, and logs in to it.",
    ),
    way(
        "key of a Glue endpoint",
        &["glue:UpdateDevEndpoint"],
        "Puts one's own key on a development endpoint whose role may do more.",
    ),
    way(
        "new pipeline",
        &["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
        "Makes a pipeline that runs commands with a role that may do more.",
    ),
    way(
        "new notebook",
        &["iam:PassRole", "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"],
        "Makes a notebook with a role that may do more, and opens it.",
    ),
    way(
        "open a notebook",
        &["sagemaker:CreatePresignedNotebookInstanceUrl"],
        "Opens a notebook whose role may do more.",
    ),
    way(
        "new build",
        &["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
        "Makes a build project with a role that may do more, and runs it.",
    ),
    way(
        "task with a role",
        &["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
        "Runs a container with a role that may do more.",
    ),
    way("command on an instance", &["ssm:SendCommand"], "Runs a command on an instance whose role may do more."),
    way("shell on an instance", &["ssm:StartSession"], "Opens a shell on an instance whose role may do more."),
    way(
        "drop another's MFA",
        &["iam:DeactivateMFADevice", "iam:CreateAccessKey"],
        "Takes the MFA device from a user who may do more, whose new key then meets no second factor.",
    ),
];

/// The ways open to a principal with these policies. An administrator needs none.
pub fn escalations(policies: &Policies) -> Vec<Escalation> {
    if is_administrator(policies) {
        return Vec::new();
    }
    let open = |way: &'static Way| {
        let reach = |action: &&str| Standing::of(&Asked::new(action), policies).reach;
        let narrowest = way.actions.iter().map(reach).min()?;
        (narrowest != Reach::None).then_some(Escalation { way, is_certain: narrowest == Reach::Full })
    };
    WAYS.iter().filter_map(open).collect()
}
