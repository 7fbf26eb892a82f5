#!/usr/bin/env python3
"""The rules of check_template.py must find what they are there for: each edit of the template makes one of them fail."""
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_template as checks  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def failures(edits=(), group="prompts", docs=None):
    with open(os.path.join(ROOT, "template.yaml"), encoding="utf-8") as f:
        text = f.read()
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "template.yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        os.mkdir(os.path.join(folder, "docs"))
        operations = os.path.join(folder, "docs", "operations.md")
        shutil.copy(os.path.join(ROOT, "docs", "operations.md"), operations)
        if docs:
            with open(operations, encoding="utf-8") as f:
                policy = f.read()
            assert docs[0] in policy, docs[0]
            with open(operations, "w", encoding="utf-8") as f:
                f.write(policy.replace(*docs))
        checks.RESULTS.clear()
        source = checks.load_template(path)
        params = checks.default_parameters(source, {})
        c = checks.Cfn(checks.expand(source, params), params)
        m = checks.Model(c)
        {"prompts": lambda: checks.check_prompts(source), "tables": lambda: checks.check_tables(c, m),
         "functions": lambda: checks.check_functions(c, m, source), "stream": lambda: checks.check_stream(c, m),
         "iam": lambda: checks.check_iam(c, m, {}),
         "version": lambda: checks.check_version(c, m), "deployer": lambda: checks.check_deployer(c, path), "ops": lambda: checks.check_ops(c, m)}[group]()
        return [r["text"] for r in checks.RESULTS if r["level"] != "PASS" and r["level"] != "INFO"]


class CheckTemplateTest(unittest.TestCase):
    def assert_found(self, words, edits, group, docs=None):
        found = failures(edits, group, docs)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def test_template_has_nothing_to_find(self):
        for group in ("prompts", "tables", "functions", "stream", "iam", "version", "deployer", "ops"):
            self.assertEqual(failures(group=group), [], group)

    def test_hidden_parameter_without_a_word_to_type(self):
        hidden = ("Default: none\n    NoEcho: true\n    AllowedPattern: '^(none|", "Default: ''\n    NoEcho: true\n    AllowedPattern: '^(|")
        self.assert_found("not without a word to type", [hidden], "prompts")

    def test_second_hidden_parameter(self):
        edit = ("  StatisticsTokenSha256:\n    Type: String\n", "  StatisticsTokenSha256:\n    Type: String\n    NoEcho: true\n")
        self.assert_found("one parameter at most", [edit], "prompts")

    def test_default_that_its_own_pattern_refuses(self):
        self.assert_found("Sites: takes its own default", [("  Sites:\n    Type: String\n    Default: \"\"", "  Sites:\n    Type: String\n    Default: \"A B\"")], "prompts")

    def test_secret_in_the_marker(self):
        edit = ('!Select [0, !Split ["-", !Ref StatisticsShareSecret]]', "!Ref StatisticsShareSecret")
        self.assert_found("tells no secret", [edit], "version")

    def test_secret_that_is_not_hidden(self):
        self.assert_found("parameter StatisticsShareSecret: NoEcho", [("    NoEcho: true\n", "")], "functions")

    def test_environment_that_may_be_too_large(self):
        edit = ("AllowedPattern: '^([a-z0-9._:-]+(,[a-z0-9._:-]+)*)?$'\n    MaxLength: 1000", "AllowedPattern: '^([a-z0-9._:-]+(,[a-z0-9._:-]+)*)?$'\n    MaxLength: 4000")
        self.assert_found("IncrementFunction: environment of at most", [edit], "functions")

    def test_variable_without_a_limit(self):
        edit = ("AllowedPattern: '^([a-z0-9._:-]+(,[a-z0-9._:-]+)*)?$'\n    MaxLength: 1000", "AllowedPattern: '^([a-z0-9._:-]+(,[a-z0-9._:-]+)*)?$'")
        self.assert_found("the length of each variable is bounded -- SITES", [edit], "functions")

    def test_functions_without_a_release(self):
        found = failures([("        RELEASE: 0.1.0\n", "")], "functions")
        self.assertEqual(len(found), 4, found)

    def test_retries_that_are_used_up(self):
        self.assert_found("tried until its age limit", [("MaximumRetryAttempts: -1", "MaximumRetryAttempts: 10")], "stream")

    def test_batches_that_are_never_given_up(self):
        self.assert_found("given up before", [("MaximumRecordAgeInSeconds: 43200", "MaximumRecordAgeInSeconds: -1")], "stream")

    def test_batches_of_which_only_numbers_are_kept(self):
        self.assert_found("goes to a bucket", [("Destination: !GetAtt GivenUpBatches.Arn", "Destination: !GetAtt RollupFailures.Arn")], "stream")

    def test_bucket_that_is_not_safe(self):
        for words, edit in {
            "can be made public": ("        RestrictPublicBuckets: true\n", ""),
            "key that S3 owns": ("{SSEAlgorithm: AES256}", "{SSEAlgorithm: 'aws:kms'}"),
            "no access control lists": ("BucketOwnerEnforced", "ObjectWriter"),
            "expire after some weeks": ("Status: Enabled, ExpirationInDays: 30", "Status: Disabled, ExpirationInDays: 30"),
            "kept like the tables": ("DependsOn: RollupFailuresPolicy\n    DeletionPolicy: RetainExceptOnCreate", "DependsOn: RollupFailuresPolicy\n    DeletionPolicy: Delete"),
            "not encrypted": ('{aws:SecureTransport: "false"}', '{aws:SecureTransport: "true"}'),
            "told of each object": ('Event: "s3:ObjectCreated:*"', 'Event: "s3:ObjectRemoved:*"'),
            "only this account's S3": ("            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}\n", ""),
            "made after it may": ("    DependsOn: RollupFailuresPolicy\n", ""),
        }.items():
            with self.subTest(words):
                self.assert_found(words, [edit], "stream")

    def test_role_that_writes_to_a_bucket_of_anybody(self):
        condition = "                Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}\n"
        self.assertEqual(len(failures([(condition, "")], "iam")), 2)

    def test_role_that_may_read_the_bucket(self):
        self.assert_found("nothing beyond its list on bucket-objects", [("Action: s3:PutObject", "Action: [s3:PutObject, s3:GetObject]")], "iam")

    def test_loss_that_nobody_is_told_of(self):
        self.assert_found("what RollupFunction gave up is lost", [("MetricName: DestinationDeliveryFailures", "MetricName: DeadLetterErrors")], "ops")

    def test_key_that_costs(self):
        edit = ("      DeletionProtectionEnabled: !Ref DeletionProtection\n\n  WriteThrottlesAlarm", "      DeletionProtectionEnabled: !Ref DeletionProtection\n      SSESpecification: {SSEEnabled: true}\n\n  WriteThrottlesAlarm")
        self.assert_found("the key that DynamoDB owns", [edit], "tables")

    def test_tables_that_a_failed_first_deployment_leaves(self):
        self.assertEqual(len(failures([("DeletionPolicy: RetainExceptOnCreate", "DeletionPolicy: Retain")], "tables")), 2)
        protected = ('  DeletionProtection:\n    Type: String\n    Default: "false"', '  DeletionProtection:\n    Type: String\n    Default: "true"')
        self.assertEqual(len(failures([protected], "tables")), 2)

    def test_function_that_nobody_calls(self):
        with open(os.path.join(ROOT, "template.yaml"), encoding="utf-8") as f:
            events = f.read().split("  ReadErrorsAlarm:")[0].rsplit("      Events:\n", 1)[1].strip("\n")
        self.assert_found("a schedule calls the alias of ReadFunction", [("      Events:\n" + events + "\n\n  ReadErrorsAlarm", "\n  ReadErrorsAlarm")], "ops")

    def test_policy_that_lacks_a_permission(self):
        self.assert_found("AWS::SQS::Queue", [], "deployer", ('"sqs:CreateQueue", ', ""))

    def test_type_that_nobody_thought_of(self):
        self.assert_found("AWS::Kinesis::Stream: known", [("AWS::SQS::Queue\n", "AWS::Kinesis::Stream\n")], "deployer")


if __name__ == "__main__":
    unittest.main()
