using System.Globalization;
using System.Net;
using System.Web;
using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Aws;
using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Apply;

/// <summary>
/// CloudFormation with one stack, in its own protocol: what is begun goes through the statuses that the test says, one for each question about it.
/// </summary>
internal sealed class FakeStacks : HttpMessageHandler
{
    private const string Id = "arn:aws:cloudformation:eu-central-1:123456789012:stack/shop-dev-network/1";
    private readonly HttpMessageInvoker _http;
    private readonly List<string> _events = [];
    private readonly Queue<string> _next = new();
    private int _event;
    private string _changeSet = "";
    private string _token = "";

    public FakeStacks()
    {
        _http = new HttpMessageInvoker(this, disposeHandler: false);
        var connection = new AwsConnection(
            AwsEndpoints.OfAws("eu-central-1"), AwsCredentials.Fixed("test", new AwsKeys("AKID", new SecretText("secret"), null)), _http, Time, new AwsLimits());
        Client = new CloudFormationClient(connection);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    public CloudFormationClient Client { get; }

    /// <summary>Null: there is no stack.</summary>
    public string? Status { get; set; }

    public bool Protected { get; set; }

    public string? Policy { get; set; }

    /// <summary>Operations that change something, in their order.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>What an operation goes through: statuses of the stack, or <c>LogicalId STATUS reason</c>; by the operation's name.</summary>
    public Dictionary<string, Queue<string[]>> Courses { get; } = new(StringComparer.Ordinal);

    /// <summary>Of change sets: members of <c>Changes</c>; null: there are none.</summary>
    public string? Changes { get; set; } = "<member><ResourceChange><Action>Add</Action><LogicalResourceId>Vpc</LogicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType></ResourceChange></member>";

    public FakeStacks On(string operation, params string[] course)
    {
        Courses.TryAdd(operation, new Queue<string[]>());
        Courses[operation].Enqueue(course);
        return this;
    }

    /// <summary>An event that lies before what the test does.</summary>
    public FakeStacks Past(params string[] course)
    {
        foreach (var one in course)
        {
            Happens(one);
        }

        return this;
    }

    /// <summary>What comes of something that is in progress already.</summary>
    public void Continue(params string[] course)
    {
        foreach (var one in course)
        {
            _next.Enqueue(one);
        }
    }

    /// <summary>Begins something and lets time pass until it has ended.</summary>
    public async Task<T> ThroughTimeAsync<T>(Func<Task<T>> begin)
    {
        const int longest = 3_600;
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var call = begin();
            for (var second = 0; !call.IsCompleted && second < longest; second++)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.True(call.IsCompleted, $"It goes on after {longest} s.");
            return await call;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = HttpUtility.ParseQueryString(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        var operation = form["Action"] ?? "";
        if (!operation.StartsWith("Describe", StringComparison.Ordinal) && !operation.StartsWith("Get", StringComparison.Ordinal) && !operation.StartsWith("List", StringComparison.Ordinal))
        {
            Writes.Add(Written(operation, form));
        }

        var body = Answer(operation, form);
        var status = body.StartsWith("<ErrorResponse", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK;
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        response.Headers.TryAddWithoutValidation("x-amzn-RequestId", "request");
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        base.Dispose(disposing);
    }

    private static string Written(string operation, System.Collections.Specialized.NameValueCollection form) => operation switch
    {
        "CreateChangeSet" => $"CreateChangeSet {form["ChangeSetType"]}{(form["OnStackFailure"] is { } action ? $" {action}" : "")}",
        "UpdateTerminationProtection" => $"UpdateTerminationProtection {form["EnableTerminationProtection"]}",
        _ => operation,
    };

    private string Answer(string operation, System.Collections.Specialized.NameValueCollection form)
    {
        switch (operation)
        {
            case "DescribeStacks":
                Move();
                return Status is null ? Missing() : Result(operation, $"<Stacks><member><StackId>{Id}</StackId><StackName>shop-dev-network</StackName><StackStatus>{Status}</StackStatus>"
                    + $"<EnableTerminationProtection>{(Protected ? "true" : "false")}</EnableTerminationProtection></member></Stacks>");
            case "DescribeStackEvents":
                return Result(operation, $"<StackEvents>{string.Concat(Enumerable.Reverse(_events))}</StackEvents>");
            case "CreateChangeSet":
                _changeSet = form["ChangeSetName"] ?? "";
                Status ??= "REVIEW_IN_PROGRESS";
                return Result(operation, $"<Id>arn:changeSet/{_changeSet}</Id><StackId>{Id}</StackId>");
            case "DescribeChangeSet":
                return Result(operation, $"<ChangeSetId>arn:changeSet/{_changeSet}</ChangeSetId><ChangeSetName>{_changeSet}</ChangeSetName><StackId>{Id}</StackId><StackName>shop-dev-network</StackName>"
                    + (Changes is null
                        ? "<Status>FAILED</Status><ExecutionStatus>UNAVAILABLE</ExecutionStatus><StatusReason>The submitted information didn't contain changes.</StatusReason>"
                        : $"<Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes>{Changes}</Changes>"));
            case "GetStackPolicy":
                return Result(operation, Policy is null ? "" : $"<StackPolicyBody>{WebUtility.HtmlEncode(Policy)}</StackPolicyBody>");
            case "SetStackPolicy":
                Policy = form["StackPolicyBody"];
                return Result(operation, "");
            case "UpdateTerminationProtection":
                Protected = form["EnableTerminationProtection"] == "true";
                return Result(operation, "");
            default:
                Begin(operation, form["ClientRequestToken"] ?? "");
                return Result(operation, "");
        }
    }

    private void Begin(string operation, string token)
    {
        _token = token;
        if (operation == "DeleteStack" && Status == "REVIEW_IN_PROGRESS")
        {
            Status = null;
        }
        else if (Courses.TryGetValue(operation, out var courses) && courses.TryDequeue(out var course))
        {
            foreach (var one in course)
            {
                _next.Enqueue(one);
            }

            Move();
        }
    }

    private void Move()
    {
        if (_next.TryDequeue(out var one))
        {
            Happens(one);
        }
    }

    // "ROLLBACK_COMPLETE" is the stack's, "Nat CREATE_FAILED reason" a resource's.
    private void Happens(string course)
    {
        var words = course.Split(' ', 3);
        var isOfStack = words.Length == 1;
        var (logicalId, status) = isOfStack ? ("shop-dev-network", words[0]) : (words[0], words[1]);
        if (isOfStack)
        {
            Status = status;
        }

        _events.Add($"<member><EventId>{(++_event).ToString(CultureInfo.InvariantCulture)}</EventId><StackId>{Id}</StackId><StackName>shop-dev-network</StackName>"
            + $"<LogicalResourceId>{logicalId}</LogicalResourceId><PhysicalResourceId>{(isOfStack ? Id : "physical")}</PhysicalResourceId>"
            + $"<ResourceType>{(isOfStack ? "AWS::CloudFormation::Stack" : "AWS::EC2::" + logicalId)}</ResourceType><ResourceStatus>{status}</ResourceStatus>"
            + (words.Length == 3 ? $"<ResourceStatusReason>{words[2]}</ResourceStatusReason>" : "")
            + $"<Timestamp>{Time.GetUtcNow():O}</Timestamp><ClientRequestToken>{_token}</ClientRequestToken></member>");
    }

    private static string Missing() => "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id shop-dev-network does not exist</Message></Error><RequestId>request</RequestId></ErrorResponse>";

    private static string Result(string operation, string body) => $"<{operation}Response><{operation}Result>{body}</{operation}Result></{operation}Response>";
}
