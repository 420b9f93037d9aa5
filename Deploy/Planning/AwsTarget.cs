using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Planning;

/// <summary>What has to be known to open an account.</summary>
/// <param name="Session">Profile, region, stand-in.</param>
/// <param name="Names">Of the environment, whose deployer role is looked for.</param>
/// <param name="PinnedAccount">The environment's; null: any account will do.</param>
/// <param name="Environment">The variables of the process.</param>
internal sealed record AwsTargetSettings(AwsSessionSettings Session, Names Names, string? PinnedAccount, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Where all waiting gets its time from.</summary>
    public required TimeProvider Time { get; init; }

    public required bool Simulated { get; init; }
}

/// <summary>How the deployer's session came about.</summary>
internal enum DeployerAccess
{
    /// <summary>The role was assumed.</summary>
    Assumed,

    /// <summary>The caller is the deployer, or the planner, already.</summary>
    Caller,

    /// <summary>AWS refuses the role: there is none yet, or the caller may not become it. The caller's own rights are used.</summary>
    Refused,
}

/// <summary>One account and region with who works there: what every verb of <c>aws</c> opens first.</summary>
internal sealed class AwsTarget : IDisposable
{
    private readonly Names _names;

    private AwsTarget(AwsSession caller, CallerIdentity identity, AwsTargetSettings settings)
    {
        _names = settings.Names;
        Caller = caller;
        Deployer = caller;
        Identity = identity;
        Time = settings.Time;
        Simulated = settings.Simulated;
    }

    /// <summary>As who the command was started.</summary>
    public AwsSession Caller { get; }

    /// <summary>What everything but the stacks of an administrator is done with. The caller's own session where the role cannot be had.</summary>
    public AwsSession Deployer { get; private set; }

    /// <summary>For a stack, by its short name: the deployer neither sees nor changes those of an administrator.</summary>
    public AwsSession SessionFor(string shortName) => shortName is BootstrapStack.ShortName or AccessStack.ShortName ? Caller : Deployer;

    public DeployerAccess Access { get; private set; } = DeployerAccess.Refused;

    /// <summary>Why the role was refused, in AWS's words; null where it was not.</summary>
    public string? Refusal { get; private set; }

    public CallerIdentity Identity { get; }

    public string Account => Identity.Account;

    public string Region => Caller.Region;

    /// <summary>Where all waiting gets its time from: <c>Task.Delay(span, Time, cancellationToken)</c>.</summary>
    public TimeProvider Time { get; }

    public bool Simulated { get; }

    /// <summary>ARN of the role that deploys the environment, whether there is one or not.</summary>
    public string DeployerRoleArn => RoleArn("deployer");

    /// <summary>The role that CloudFormation is given; null where the caller's own rights, or those that a stack has already, are used.</summary>
    public string? ExecutionRoleArn => IsDeployer ? RoleArn("execution") : null;

    /// <summary>Whether the deployer's session is the deployer role, and not the planner's or the caller's own.</summary>
    public bool IsDeployer => Access == DeployerAccess.Assumed || IsRole("deployer");

    /// <exception cref="DeployException">There are no credentials, or they are another account's.</exception>
    public static async Task<AwsTarget> OpenAsync(AwsTargetSettings settings, CancellationToken cancellationToken)
    {
        var caller = AwsSession.Open(settings.Session, settings.Environment, TimeProvider.System);
        try
        {
            var identity = await caller.Sts.GetCallerIdentityAsync(cancellationToken);
            if (settings.PinnedAccount is { } pinned && pinned != identity.Account)
            {
                throw new DeployException(TargetProblems.OtherAccount(settings.Names.Environment, pinned, identity));
            }

            var target = new AwsTarget(caller, identity, settings);
            await target.BecomeDeployerAsync(cancellationToken);
            return target;
        }
        catch
        {
            caller.Dispose();
            throw;
        }
    }

    /// <summary>Takes the deployer's role; done again after the role was made.</summary>
    /// <returns>Whether it could be had.</returns>
    public async Task<bool> BecomeDeployerAsync(CancellationToken cancellationToken)
    {
        if (IsRole("deployer") || IsRole("planner"))
        {
            Access = DeployerAccess.Caller;
            return true;
        }

        var role = new AssumedRole(Caller.Sts, new AssumeRoleRequest(DeployerRoleArn, "platform", DurationSeconds: null), TimeProvider.System);
        try
        {
            _ = await role.Credentials.AskAsync(cancellationToken);
            Deployer = Caller.As(role.Credentials);
            (Access, Refusal) = (DeployerAccess.Assumed, null);
            return true;
        }
        catch (AwsException refused) when (refused.Error.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.NotFound)
        {
            Deployer = Caller;
            (Access, Refusal) = (DeployerAccess.Refused, refused.Error.Text);
            return false;
        }
    }

    public void Dispose() => Caller.Dispose();

    // The ARN of a session leaves the path of its role out.
    private bool IsRole(string part) => Identity.Arn.Contains($":assumed-role/{_names.Role(part)}/", StringComparison.Ordinal);

    private string RoleArn(string part)
    {
        var partition = Identity.Arn.Split(':') is [_, { Length: > 0 } found, ..] ? found : "aws";
        return $"arn:{partition}:iam::{Account}:role{_names.AccessPath}{_names.Role(part)}";
    }
}
