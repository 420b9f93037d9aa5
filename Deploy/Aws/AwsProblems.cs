using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>What can be wrong between here and AWS. DEP300 to DEP339.</summary>
internal static class AwsProblems
{
    public static Problem NoCredentials() => Environment(
        "DEP300",
        "There are no AWS credentials: none in the environment, no default profile, no container or instance with a role.",
        "Log in with AWS's command line ('aws configure sso', then 'aws sso login') and name the profile with --profile or AWS_PROFILE. "
            + "A CI system needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a web identity. Without an account use --simulate.");

    public static Problem UnknownProfile(string profile, IEnumerable<string> known)
    {
        var names = known.ToImmutableArray();
        var closest = ClosestName.Among(names, profile);
        return Environment(
            "DEP301",
            $"AWS's configuration files have no profile '{profile}'.",
            closest is not null ? $"Did you mean '{closest}'?"
                : names.Length == 0 ? "Make one with 'aws configure sso' or 'aws configure'."
                : $"Name one of: {string.Join(", ", names)}.");
    }

    public static Problem LoginExpired(string profile, string ssoProfile) => Environment(
        "DEP302",
        ssoProfile == profile ? $"The SSO login of profile '{profile}' is over, or was never made." : $"Profile '{profile}' needs the SSO login of '{ssoProfile}', which is over or was never made.",
        $"Run 'aws sso login --profile {ssoProfile}', then the command again.");

    public static Problem NoRegion() => Environment(
        "DEP303",
        "Nothing says in which region of AWS this shall happen.",
        "Give --region, or set 'region' in the environment's file, AWS_REGION, or the region of the profile.");

    public static Problem InvalidRegion(string region) => Environment(
        "DEP304",
        $"'{region}' cannot be the name of a region.",
        "Give a name such as eu-west-1.");

    public static Problem BrokenEndpoint(string origin, string address) => Environment(
        "DEP305",
        $"The endpoint '{address}' is no http or https address that requests can be sent to.",
        "Correct it, or remove it to use AWS's own endpoints.") with
    { Subject = origin };

    public static Problem UnsupportedEndpoints(string variable) => Environment(
        "DEP306",
        $"{variable} asks for endpoints whose names differ from service to service, and which are not known here.",
        $"Unset {variable}, or set it to false, and give the address of each service with AWS_ENDPOINT_URL_SERVICE.");

    public static Problem HalfOfKeys(string missing) => Environment(
        "DEP307",
        $"The environment has one half of a key, but no {missing}.",
        $"Set {missing} too, or unset the other half to use a profile.");

    public static Problem ProfileWithoutCredentials(string profile) => Environment(
        "DEP308",
        $"Profile '{profile}' says nothing of where its credentials come from.",
        $"Run 'aws configure sso --profile {profile}' or 'aws configure --profile {profile}', or name another profile.");

    public static Problem LoginProfile(string profile) => Environment(
        "DEP309",
        $"Profile '{profile}' was made by 'aws login', whose credentials only AWS's command line can read.",
        $"Run 'eval \"$(aws configure export-credentials --profile {profile} --format env)\"', then the command again without --profile.");

    public static Problem ProfileRefused(string profile, string reasons) => Environment(
        "DEP310",
        $"Profile '{profile}' gives no credentials.",
        "Correct its role, its source profile or its session in AWS's configuration files, or have the role's trust policy name who asks.") with
    { Detail = reasons };

    public static Problem ProcessFailed(string profile) => Environment(
        "DEP311",
        $"The credential_process of profile '{profile}' failed, or wrote no credentials.",
        "Run its command by hand: it has to end with 0 and to write the JSON that AWS documents for it.");

    public static Problem WebIdentityRefused(string role, string tokenFile, string reasons) => Environment(
        "DEP312",
        $"The web identity does not get the role '{role}'.",
        $"Have the role's trust policy name the issuer, audience and subject of the token in '{tokenFile}'.") with
    { Detail = reasons };

    public static Problem CredentialsUnreachable(string source, string reasons) => Environment(
        "DEP313",
        $"Credentials of the {source} have to be fetched, and nobody answers.",
        "Check the network, the proxy (HTTPS_PROXY) and the region that the profile names.") with
    { Detail = reasons };

    public static Problem ExpiredKeys(string keys) => Environment(
        "DEP314",
        $"The credentials of the {keys} are over.",
        "Get new ones the way you got these ('aws sso login', your company's tool), then run the command again: it goes on where it stopped.");

    public static Problem UnknownKeys(AwsError error, string keys, string region) => Of(
        error,
        "DEP315",
        $"AWS does not know the credentials of the {keys}.",
        $"Check that they belong to this partition of AWS and were not deleted. Where region '{region}' is one that has to be enabled, see whether the account has done that.",
        ExitCode.Environment);

    public static Problem WrongSignature(AwsError error, string keys) => Of(
        error,
        "DEP316",
        $"AWS refuses the signature made with the credentials of the {keys}.",
        "Set the secret access key anew: it does not belong to the key id. Where a proxy is between, see that it changes neither headers nor bodies.",
        ExitCode.Environment);

    public static Problem WrongTime(AwsError error) => Of(
        error,
        "DEP317",
        "This machine's clock differs from AWS's by too much.",
        "Set the clock, or have it set by a time server.",
        ExitCode.Environment);

    public static Problem AccessDenied(AwsError error, Denial? denial)
    {
        var action = denial?.Action ?? error.Action;
        var principal = denial?.Principal is { } named ? $"'{named}'" : "The caller";
        var onResource = denial?.Resource is null or "*" ? "" : $" on '{denial.Resource}'";
        return Of(
            error,
            "DEP318",
            $"{principal} may not do {action}{onResource}{Because(denial?.Reason)}.",
            denial?.Reason switch
            {
                DenialReason.Organization => "Ask whoever administers the organization, or use another account or region.",
                DenialReason.Boundary => $"Allow {action} in the permissions boundary of the role.",
                DenialReason.ExplicitDeny => $"Remove the policy that denies {action}, or use another role.",
                _ => $"Allow {action} to it, or use the deployer role that 'aws bootstrap' makes.",
            },
            ExitCode.Environment);
    }

    public static Problem Limit(AwsError error, string region) => Of(
        error,
        "DEP319",
        $"The account is at a limit of {error.Api.Id} in {region}.",
        "Ask for a higher quota (Service Quotas in the console), or remove what nobody uses. Then run the command again.",
        ExitCode.Environment);

    public static Problem RegionDisabled(AwsError error, string region) => Of(
        error,
        "DEP320",
        $"The account cannot use {error.Api.Id} in region '{region}'.",
        "Enable the region (Account, Regions in the console), or take another one.",
        ExitCode.Environment);

    public static Problem AccountNotReady(AwsError error) => Of(
        error,
        "DEP321",
        "AWS does not let the account do anything now.",
        "See the account's mail and its support center: it may be unverified, unpaid or blocked.",
        ExitCode.Environment);

    public static Problem NotFound(AwsError error) => Of(
        error,
        "DEP322",
        $"{error.Api.Id} does not find what {error.Operation} is about.",
        "Run 'aws status' to see what is there; somebody may have deleted it by hand. Deploying again makes it anew.",
        ExitCode.ApplyFailed);

    public static Problem AlreadyExists(AwsError error) => Of(
        error,
        "DEP323",
        $"{error.Operation} wants to make what {error.Api.Id} has already.",
        "Remove what has that name, or give the application or the environment another name.",
        ExitCode.ApplyFailed);

    public static Problem Conflict(AwsError error) => Of(
        error,
        "DEP324",
        $"{error.Api.Id} refuses {error.Operation} because something else uses or changes the same thing.",
        "Wait until that has ended, or remove what uses it, then run the command again.",
        ExitCode.ApplyFailed);

    public static Problem Rejected(AwsError error) => Of(
        error,
        "DEP325",
        $"{error.Api.Id} refuses {error.Operation}.",
        "Correct what the reason of AWS names, then run the command again.",
        ExitCode.ApplyFailed);

    public static Problem Throttled(AwsError error) => Of(
        error,
        "DEP326",
        $"{error.Api.Id} takes no more requests of this account for now.",
        "Run the command again later, and see what else calls AWS so often.",
        ExitCode.ApplyFailed);

    public static Problem Unavailable(AwsError error) => Of(
        error,
        "DEP327",
        $"{error.Api.Id} fails to answer {error.Operation}.",
        "Run the command again later; AWS's health dashboard tells of outages.",
        ExitCode.ApplyFailed);

    public static Problem Unreachable(AwsError error) => Of(
        error,
        "DEP328",
        $"There is no connection to {error.Api.Id}.",
        "Check the network, the proxy (HTTPS_PROXY), and that the region has this name; then run the command again: it goes on where it stopped.",
        ExitCode.Environment);

    public static Problem Unreadable(AwsError error) => Of(
        error,
        "DEP329",
        $"What answered {error.Operation} is not {error.Api.Id}.",
        "See which proxy, login page or AWS_ENDPOINT_URL is between here and AWS.",
        ExitCode.Environment);

    private static string Because(DenialReason? reason) => reason switch
    {
        DenialReason.Organization => ": a policy of the organization forbids it",
        DenialReason.Boundary => ": the permissions boundary does not allow it",
        DenialReason.ExplicitDeny => ": a policy denies it",
        _ => "",
    };

    private static Problem Environment(string code, string summary, string fix) => new(code, summary, fix, ExitCode.Environment);

    private static Problem Of(AwsError error, string code, string summary, string fix, int exitCode) =>
        new(code, summary, fix, exitCode) { Subject = error.Action, Detail = error.Text };
}
