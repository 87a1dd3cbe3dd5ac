"""The last of the modules about operations: none was left out. Runs in the same process, after the others."""

import unittest

import botocore.session
from kit import ANSWERED, CALLED, LOADER

# What AWS refuses of an account that is in no organization, deals with no AWS Partner, has no security key and was denied
# nothing: the call is made, the refusal held to its words.
REFUSED = {
    "AcquireRole",
    "DisableOrganizationsRootCredentialsManagement",
    "DisableOrganizationsRootSessions",
    "EnableOrganizationsRootCredentialsManagement",
    "EnableOrganizationsRootSessions",
    "GetMFADevice",
    "GetRoleTemplateVersion",
    "ListOrganizationsFeatures",
    "AssumeRoot",
    "DecodeAuthorizationMessage",
    "GetDelegatedAccessToken",
}


class Coverage(unittest.TestCase):
    def test_none_of_the_operations_is_left_out(self):
        session = botocore.session.Session()
        session.register_component("data_loader", LOADER)
        every = {
            (service, name) for service in ("iam", "sts") for name in session.get_service_model(service).operation_names
        }
        self.assertEqual(len(every), 191)
        self.assertEqual(sorted(every - CALLED), [])
        self.assertEqual(sorted(name for _, name in every - ANSWERED), sorted(REFUSED))
