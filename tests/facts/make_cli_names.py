"""Writes cli_names.txt: the options of every IAM and STS command. Needs awscli and boto3 from PyPI.

The options are those that the AWS CLI builds; for the few operations that it hides, those that it would build.
"""
import botocore.session
from botocore import xform_name

# Before the CLI is there: it shows botocore a smaller model.
models = {name: botocore.session.get_session().get_service_model(name) for name in ("iam", "sts")}

import awscli.clidriver as clidriver  # noqa: E402

HERE = __file__.rsplit("/", 1)[0]
driver = clidriver.create_clidriver()
with open(HERE + "/cli_names.txt", "w") as out:
    for service in ("iam", "sts"):
        commands = driver._get_command_table()[service]._get_command_table()
        model = models[service]
        for name in model.operation_names:
            command = commands.get(xform_name(name, "-"))
            if command:
                options = [o + ("!" if a.required else "") for o, a in command.arg_table.items()]
            else:
                shape = model.operation_model(name).input_shape
                members = shape.members if shape else {}
                options = [xform_name(m, "-") + ("!" if m in shape.required_members else "") for m in members]
            options = sorted(o for o in options if o not in ("generate-cli-skeleton", "cli-input-json"))
            out.write(" ".join([service, name, xform_name(name, "-")] + options) + "\n")
