using System.Globalization;
using System.Net;
using System.Text;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws.Tests;

public sealed class AwsErrorTests : IDisposable
{
    private const string Principal = "arn:aws:sts::123456789012:assumed-role/developer/me";
    private readonly FakeAws _aws = new();

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task Every_answer_has_its_problem()
    {
        (string What, int Status, string Body, (string, string)[] Headers)[] answers =
        [
            ("denied by no policy", 403, Query("AccessDenied", $"User: {Principal} is not authorized to perform: sts:GetCallerIdentity on resource: arn:aws:iam::1:role/x because no identity-based policy allows the sts:GetCallerIdentity action"), []),
            ("denied by a policy", 403, Query("AccessDenied", $"User: {Principal} is not authorized to perform: eks:DescribeCluster with an explicit deny in an identity-based policy"), []),
            ("denied by the organization", 403, Json("AccessDeniedException", $"User: {Principal} is not authorized to perform: eks:DescribeCluster on resource: * with an explicit deny in a service control policy"), []),
            ("denied by the boundary", 403, Query("AccessDenied", $"User: {Principal} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/y because no permissions boundary allows the iam:PassRole action"), []),
            ("denied by EC2", 403, Ec2("UnauthorizedOperation", $"You are not authorized to perform this operation. User: {Principal} is not authorized to perform: ec2:DeleteVolume on resource: arn:aws:ec2:eu-west-1:1:volume/vol-1 because no identity-based policy allows the ec2:DeleteVolume action. Encoded authorization failure message: {new string('x', 900)}"), []),
            ("denied without a reason", 403, Json("AccessDeniedException", "Access denied"), []),
            ("keys over", 403, Query("ExpiredToken", "The security token included in the request is expired"), []),
            ("keys unknown", 403, Query("InvalidClientTokenId", "The security token included in the request is invalid."), []),
            ("secret wrong", 403, Query("SignatureDoesNotMatch", $"The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been 'POST / x-amz-security-token:{FakeAws.Token}'"), []),
            ("clock wrong", 403, Query("SignatureDoesNotMatch", "Signature expired: 20261123T102030Z is now earlier than 20261123T142030Z"), []),
            ("limit", 400, Query("LimitExceeded", "Limit for stack has been exceeded"), []),
            ("limit of EC2", 400, Ec2("VpcLimitExceeded", "The maximum number of VPCs has been reached."), []),
            ("region not enabled", 401, Ec2("OptInRequired", "You are not subscribed to this service."), []),
            ("account blocked", 403, Ec2("Blocked", "This account is currently blocked and not recognized as a valid account."), []),
            ("not found", 400, Query("NoSuchEntity", "The role with name x cannot be found."), []),
            ("exists", 400, Query("AlreadyExistsException", "Stack [shop-dev-network] already exists"), []),
            ("in use", 409, """{"message":"Cluster is currently updating"}""", [("x-amzn-ErrorType", "ResourceInUseException:http://internal.amazon.com/")]),
            ("rejected", 400, Query("ValidationError", "Template format error: Unresolved resource dependencies [Vpc] in the Resources block of the template"), []),
            ("a page of a proxy", 403, "<html><head><title>Blocked by policy</title></head></html>", []),
            ("nothing at all", 400, "", []),
        ];
        var text = new StringBuilder();
        foreach (var (what, status, body, headers) in answers)
        {
            _aws.Answers((HttpStatusCode)status, body, headers);
            var failure = await Assert.ThrowsAsync<AwsException>(() => new StsClient(_aws.Connection).GetCallerIdentityAsync(TestContext.Current.CancellationToken));
            text.Append(CultureInfo.InvariantCulture, $"-- {what}: {failure.Error.Kind}\n").Append(Shown(Assert.Single(failure.Problems))).Append('\n');
        }

        Golden.Matches(text.ToString(), "answers.txt");
    }

    [Fact]
    public void Every_problem_before_a_call_is_told_with_its_cure()
    {
        Problem[] problems =
        [
            AwsProblems.NoCredentials(),
            AwsProblems.UnknownProfile("prodution", ["default", "production"]),
            AwsProblems.UnknownProfile("x", ["default", "production"]),
            AwsProblems.UnknownProfile("x", []),
            AwsProblems.LoginExpired("dev", "dev"),
            AwsProblems.LoginExpired("deployer", "sso"),
            AwsProblems.NoRegion(),
            AwsProblems.InvalidRegion("Ireland"),
            AwsProblems.BrokenEndpoint("AWS_ENDPOINT_URL_STS", "localhost:5000"),
            AwsProblems.UnsupportedEndpoints("AWS_USE_FIPS_ENDPOINT"),
            AwsProblems.HalfOfKeys("AWS_SECRET_ACCESS_KEY"),
            AwsProblems.ProfileWithoutCredentials("dev"),
            AwsProblems.LoginProfile("dev"),
            AwsProblems.ProfileRefused("dev", "Error calling AssumeRole for role arn:aws:iam::1:role/x"),
            AwsProblems.ProcessFailed("dev"),
            AwsProblems.WebIdentityRefused("arn:aws:iam::1:role/x", "/var/run/token", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
            AwsProblems.CredentialsUnreachable("profile dev", "Name or service not known"),
        ];

        Golden.Matches(string.Join('\n', problems.Select(Shown)), "problems.txt");
    }

    [Fact]
    public void What_AWS_does_not_answer_in_time_is_told_with_its_cure()
    {
        static AwsError Error(AwsErrorKind kind, string code, string message) => new(AwsApi.CloudFormation, "CreateChangeSet", kind, code, message, RequestId: null);
        Problem[] problems =
        [
            AwsProblems.Throttled(Error(AwsErrorKind.Throttled, "Throttling", "Rate exceeded")),
            AwsProblems.Unavailable(Error(AwsErrorKind.Unavailable, "HTTP 503", "")),
            AwsProblems.Unreachable(Error(AwsErrorKind.Unreachable, "HttpRequestException", "Name or service not known")),
        ];

        Golden.Matches(string.Join('\n', problems.Select(Shown)), "unanswered.txt");
    }

    [Fact]
    public async Task A_failure_shows_no_secret()
    {
        _aws.Answers(HttpStatusCode.Forbidden, Query("SignatureDoesNotMatch", $"You sent {FakeAws.Secret} and {FakeAws.Token}"));

        var failure = await Assert.ThrowsAsync<AwsException>(() => new StsClient(_aws.Connection).GetCallerIdentityAsync(TestContext.Current.CancellationToken));

        var everything = $"{failure} {failure.Error} {Shown(failure.Problems[0])} {await _aws.Credentials.AskAsync(CancellationToken.None)} {string.Join(' ', _aws.Attempts)}";
        Assert.DoesNotContain("canary", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_shows_what_it_was_sent_shows_no_secret()
    {
        _aws.Answers(HttpStatusCode.Forbidden, $"<html>x-amz-security-token: {FakeAws.Token}</html>");

        var failure = await Assert.ThrowsAsync<AwsException>(() => new StsClient(_aws.Connection).GetCallerIdentityAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_code_of_the_operations_that_are_called_has_its_kind()
    {
        var known = from contract in ContractCases.All
                    where contract.Api != AwsApi.Ec2
                    let model = ServiceModel.Of(contract.Api)
                    from code in model.Operation(contract.Operation).ErrorCodes
                    select (Service: contract.Api.Id, Code: code, Kind: AwsErrorCatalogue.KindOf(contract.Api, code, "", HttpStatusCode.BadRequest));

        Golden.Matches(
            string.Join('\n', known.Distinct().Select(line => $"{line.Service,-28} {line.Code,-36} {line.Kind}").Order(StringComparer.Ordinal)) + "\n",
            "error-codes.txt");
    }

    [Theory]
    [InlineData("Stack with id shop-dev-network does not exist")]
    [InlineData("Stack [shop-dev-network] does not exist")]
    [InlineData("Stack:arn:aws:cloudformation:eu-west-1:1:stack/shop/1 does not exist")]
    public void A_stack_that_does_not_exist_is_told_by_a_message_alone(string message)
    {
        var kind = AwsErrorCatalogue.KindOf(AwsApi.CloudFormation, "ValidationError", message, HttpStatusCode.BadRequest);

        Assert.Equal(AwsErrorKind.NotFound, kind);
    }

    private static string Query(string code, string message) =>
        $"<ErrorResponse xmlns=\"http://example/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>";

    private static string Ec2(string code, string message) => $"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>request-2</RequestID></Response>";

    private static string Json(string code, string message) => $$"""{"__type":"com.amazonaws.something#{{code}}","Message":"{{message}}"}""";

    private static string Shown(Problem problem) =>
        $"{problem.Code} (exit {problem.ExitCode}): {problem.Summary}\n"
            + (problem.Subject is null ? "" : $"  at  {problem.Subject}\n")
            + $"  fix {problem.Fix}\n"
            + (problem.Detail is null ? "" : $"  {problem.Detail}\n");
}
