"""Terraform, where it and a mirror of its AWS provider are installed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from .clients import REGION, SECRET, environment

# Each virtual interface costs the provider at least ten seconds of waiting, and several runs share the machine.
LIMIT_S = 300

# Each run reads the provider's huge schemas and is short: to collect garbage less often saves a third of its time. Nor is
# there a need to ask for newer versions.
QUICK = {"GOGC": "400", "CHECKPOINT_DISABLE": "1"}

# Where mirrors are usually kept, the one that the environment names first.
MIRRORS = [
    os.environ.get("CROSSCONNECT_TF_PLUGIN_DIR"),
    "/opt/tf-plugins",
    "~/.terraform.d/plugins",
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
]

PROVIDER = "registry.terraform.io/hashicorp/aws/*/*/terraform-provider-aws_v*"


def mirror():
    """The root of a mirror that has the AWS provider, or None."""
    roots = [Path(root).expanduser() for root in MIRRORS if root]
    return next((root for root in roots if any(root.glob(PROVIDER))), None)


def missing():
    """Why Terraform cannot be used here, or None."""
    if shutil.which("terraform") is None:
        return "terraform is not installed"
    if mirror() is None:
        return "no provider mirror has terraform-provider-aws; CROSSCONNECT_TF_PLUGIN_DIR may name one"
    return None


def provider(url, account, alias=None, ec2=None):
    """The provider's block: our endpoints, and an access key that names the account; gateways of EC2 are elsewhere."""
    return f"""
        provider "aws" {{
          {f'alias = "{alias}"' if alias else ""}
          region     = "{REGION}"
          access_key = "{account}"
          secret_key = "{SECRET}"
          endpoints {{
            directconnect = "{url}"
            sts           = "{url}"
            {f'ec2 = "{ec2}"' if ec2 else ""}
          }}
        }}
    """


class Terraform:
    """A folder with a configuration and its state."""

    def __init__(self, folder, url, account, other=None, ec2=None):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.environment = environment(url, account, **QUICK, TF_IN_AUTOMATION="1")
        self.provider = provider(url, account, ec2=ec2) + (provider(url, other, alias="other", ec2=ec2) if other else "")

    def configure(self, resources):
        """Writes the configuration."""
        (self.folder / "main.tf").write_text(self.provider + resources)
        if not (self.folder / ".terraform").exists():
            self.run("init", f"-plugin-dir={mirror()}")

    def run(self, *arguments, exits=(0,)):
        """Runs it; its exit code. A code that is not among `exits` is an error that shows what it printed."""
        done = subprocess.run(
            ["terraform", *arguments, "-no-color"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        self.printed = done.stdout
        assert done.returncode in exits, f"terraform {arguments[0]} ended with {done.returncode}:\n{done.stdout}"
        return done.returncode

    def apply(self, resources):
        """Applies a configuration, and asserts that nothing is left to do then."""
        self.configure(resources)
        self.run("apply", "-auto-approve", "-input=false")
        self.applied = self.printed
        changes = self.run("plan", "-detailed-exitcode", "-input=false", exits=(0, 2))
        assert changes == 0, f"the plan is not empty:\n{self.printed}"

    def destroy(self):
        """Destroys all that it made."""
        self.run("destroy", "-auto-approve", "-input=false")

    def outputs(self):
        """The configuration's outputs."""
        self.run("output", "-json")
        return {name: output["value"] for name, output in json.loads(self.printed).items()}
