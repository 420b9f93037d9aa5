using Platform.Deploy.Model;

namespace Platform.Deploy.Aws.Tests;

/// <summary>Signatures and refusals, verified by somebody else's code.</summary>
[Collection(MotoServer.Name)]
public sealed class MotoSignatureTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_signs_rightly_is_known()
    {
        using var session = await moto.AdministratorAsync();

        var identity = await session.Sts.GetCallerIdentityAsync(Cancellation);

        Assert.Equal((MotoServer.Account, $"arn:aws:iam::{MotoServer.Account}:user/administrator"), (identity.Account, identity.Arn));
    }

    [Fact]
    public async Task A_wrong_secret_is_told()
    {
        using var administrator = await moto.AdministratorAsync();
        var keys = await administrator.Connection.Credentials.AskAsync(Cancellation);
        using var session = moto.Session(keys with { SecretAccessKey = new SecretText("another") });

        var failure = await Assert.ThrowsAsync<AwsException>(() => session.CloudFormation.DescribeStackAsync("shop", Cancellation));

        Assert.Equal(("SignatureDoesNotMatch", "DEP316"), (failure.Error.Code, failure.Problems[0].Code));
    }

    [Fact]
    public async Task An_unknown_key_is_told()
    {
        using var administrator = await moto.AdministratorAsync();
        using var session = moto.Session(new AwsKeys("AKIANOBODY", new SecretText("x"), null));

        var failure = await Assert.ThrowsAsync<AwsException>(() => session.Sts.GetCallerIdentityAsync(Cancellation));

        Assert.Equal(("InvalidClientTokenId", "DEP315"), (failure.Error.Code, failure.Problems[0].Code));
    }

    [Fact]
    public async Task What_no_policy_allows_is_told_with_the_action_and_who_asked()
    {
        using var administrator = await moto.AdministratorAsync();
        var keys = await MotoServer.UserAsync(administrator, "reader", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cloudformation:Describe*","Resource":"*"}]}""");
        using var session = moto.Session(keys);

        var allowed = await session.CloudFormation.DescribeStackAsync("nobody-made-this", Cancellation);
        var overQuery = await Assert.ThrowsAsync<AwsException>(() => session.CloudFormation.DeleteStackAsync(new DeleteStackRequest { StackName = "x", ClientRequestToken = "1" }, Cancellation));
        var overJson = await Assert.ThrowsAsync<AwsException>(() => session.Ecr.LoginAsync(Cancellation));
        var overEc2 = await Assert.ThrowsAsync<AwsException>(() => session.Ec2.DescribeVpcsAsync([], Cancellation).ToListAsync(Cancellation).AsTask());

        Assert.Null(allowed);
        Assert.Equal(
            [
                $"DEP318 'arn:aws:iam::{MotoServer.Account}:user/reader' may not do cloudformation:DeleteStack.",
                $"DEP318 'arn:aws:iam::{MotoServer.Account}:user/reader' may not do ecr:GetAuthorizationToken.",
                $"DEP318 'arn:aws:iam::{MotoServer.Account}:user/reader' may not do ec2:DescribeVpcs.",
            ],
            new[] { overQuery, overJson, overEc2 }.Select(failure => $"{failure.Problems[0].Code} {failure.Problems[0].Summary}"));
    }

    [Fact]
    public async Task A_session_of_a_role_signs_with_its_token()
    {
        using var administrator = await moto.AdministratorAsync();
        var role = $"arn:aws:iam::{MotoServer.Account}:role/deployer";
        await new QueryProtocol(administrator.Connection, AwsApi.Iam).CallAsync(
            "CreateRole",
            QueryForm.Query().Text("RoleName", "deployer").Text("AssumeRolePolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"""),
            Cancellation);
        await new QueryProtocol(administrator.Connection, AwsApi.Iam).CallAsync(
            "PutRolePolicy",
            QueryForm.Query().Text("RoleName", "deployer").Text("PolicyName", "p").Text("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:*","Resource":"*"}]}"""),
            Cancellation);
        var credentials = (await new QueryProtocol(administrator.Connection, AwsApi.Sts).CallAsync("AssumeRole", QueryForm.Query().Text("RoleArn", role).Text("RoleSessionName", "me"), Cancellation))
            .Child("Credentials")!;
        var keys = new AwsKeys(credentials.Always("AccessKeyId"), new SecretText(credentials.Always("SecretAccessKey")), new SecretText(credentials.Always("SessionToken")));
        using var session = moto.Session(keys);

        var missing = await session.Ssm.GetParameterAsync("/nothing", Cancellation);
        var found = await administrator.Iam.GetRoleAsync("deployer", Cancellation);

        Assert.Null(missing);
        Assert.Equal(new RoleState("deployer", role, "/", null), found);
    }
}
