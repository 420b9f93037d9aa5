using System.Globalization;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Infrastructure;

/// <summary>What keeps a template from being deployed.</summary>
internal static class StackProblems
{
    public static Problem TemplateTooLarge(string stack, int bytes, int limit) => new(
        "DEP120",
        string.Create(CultureInfo.InvariantCulture, $"The template of the stack '{stack}' has {bytes} bytes; CloudFormation takes {limit}."),
        "Divide the application in two, each with its own AppHost and environment.",
        ExitCode.Input)
    {
        Subject = $"stacks.{stack}",
    };

    public static Problem TooManyPolicies(string resource, int count, int limit) => new(
        "DEP121",
        string.Create(CultureInfo.InvariantCulture, $"The role of '{resource}' is given {count} managed policies; IAM attaches {limit} to a role."),
        "Put what the resource needs into fewer policies of your own, and name those.",
        ExitCode.Input)
    {
        Subject = $"resources.{resource}.awsPolicies",
    };

    public static Problem TooManySecrets(string resource, int count, int limit) => new(
        "DEP122",
        string.Create(CultureInfo.InvariantCulture, $"'{resource}' reads {count} secrets; the policies of a role have room for {limit}."),
        "Put secrets that belong together into one connection string, or divide the resource.",
        ExitCode.Input)
    {
        Subject = $"resources.{resource}",
    };

    public static Problem TooManyHosts(int count, int limit) => new(
        "DEP123",
        string.Create(CultureInfo.InvariantCulture, $"The application answers to {count} names; a certificate of AWS holds {limit}."),
        "Set 'edge.certificateArn' to a certificate for a wildcard, or to an imported one.",
        ExitCode.Input)
    {
        Subject = "edge.domain",
    };
}
