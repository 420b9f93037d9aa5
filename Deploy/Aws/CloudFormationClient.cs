using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>CloudFormation. A stack's name may be its ARN everywhere, and should be once it is known.</summary>
internal sealed class CloudFormationClient(AwsConnection connection)
{
    private const string StackName = nameof(StackName);
    private const string NextToken = nameof(NextToken);

    private readonly QueryProtocol _query = new(connection, AwsApi.CloudFormation);

    /// <returns>Null where there is no such stack, or only a deleted one of that name.</returns>
    public async Task<Stack?> DescribeStackAsync(string stackName, CancellationToken cancellationToken)
    {
        var result = await CallAsync("DescribeStacks", OfStack(stackName), cancellationToken).OrNullAsync();
        return result?.Members("Stacks", Stack.Read).FirstOrDefault();
    }

    /// <summary>All that exist in the account and region.</summary>
    public IAsyncEnumerable<Stack> DescribeStacksAsync(CancellationToken cancellationToken) =>
        AllAsync("DescribeStacks", QueryForm.Query, "Stacks", Stack.Read, cancellationToken);

    /// <param name="statuses">Of <c>StackStatusFilter</c>; all, where it is empty.</param>
    public IAsyncEnumerable<StackSummary> ListStacksAsync(ImmutableArray<string> statuses, CancellationToken cancellationToken) =>
        AllAsync("ListStacks", () => QueryForm.Query().Texts("StackStatusFilter", statuses), "StackSummaries", StackSummary.Read, cancellationToken);

    public async Task<CreateChangeSetResult> CreateChangeSetAsync(CreateChangeSetRequest request, CancellationToken cancellationToken)
    {
        var result = await CallAsync("CreateChangeSet", request.Form(), cancellationToken);
        return new CreateChangeSetResult(result.Always(nameof(CreateChangeSetResult.Id)), result.Always(nameof(CreateChangeSetResult.StackId)));
    }

    /// <summary>With the values of properties before and after.</summary>
    /// <param name="changeSetName">ARN.</param>
    /// <returns>Null where there is no such change set.</returns>
    public async Task<ChangeSet?> DescribeChangeSetAsync(string changeSetName, CancellationToken cancellationToken)
    {
        ChangeSet? whole = null;
        string? token = null;
        do
        {
            var form = QueryForm.Query().Text("ChangeSetName", changeSetName).Flag("IncludePropertyValues", true).Text(NextToken, token);
            if (await CallAsync("DescribeChangeSet", form, cancellationToken).OrNullAsync() is not { } result)
            {
                return null;
            }

            var page = ChangeSet.Read(result);
            whole = whole is null ? page : whole with { Changes = whole.Changes.AddRange(page.Changes) };
            token = result.Text(NextToken) == token ? null : result.Text(NextToken);
        }
        while (token is not null);

        return whole;
    }

    public Task ExecuteChangeSetAsync(ExecuteChangeSetRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            "ExecuteChangeSet",
            QueryForm.Query()
                .Text(nameof(request.ChangeSetName), request.ChangeSetName)
                .Text(nameof(request.StackName), request.StackName)
                .Text(nameof(request.ClientRequestToken), request.ClientRequestToken)
                .Flag(nameof(request.DisableRollback), request.DisableRollback)
                .Flag(nameof(request.RetainExceptOnCreate), request.RetainExceptOnCreate),
            cancellationToken);

    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteChangeSetAsync(string changeSetName, CancellationToken cancellationToken) =>
        CallAsync("DeleteChangeSet", QueryForm.Query().Text("ChangeSetName", changeSetName), cancellationToken).OrFalseAsync();

    public IAsyncEnumerable<ChangeSetSummary> ListChangeSetsAsync(string stackName, CancellationToken cancellationToken) =>
        AllAsync("ListChangeSets", () => OfStack(stackName), "Summaries", ChangeSetSummary.Read, cancellationToken);

    /// <summary>Newest first: whoever follows a stack stops at what he knows.</summary>
    public IAsyncEnumerable<StackEvent> DescribeStackEventsAsync(string stackName, CancellationToken cancellationToken) =>
        AllAsync("DescribeStackEvents", () => OfStack(stackName), "StackEvents", StackEvent.Read, cancellationToken);

    public IAsyncEnumerable<OperationEvent> DescribeEventsAsync(DescribeEventsRequest request, CancellationToken cancellationToken) =>
        AllAsync("DescribeEvents", () => request.Form(), "OperationEvents", OperationEvent.Read, cancellationToken);

    public async IAsyncEnumerable<StackResourceSummary> ListStackResourcesAsync(
        string stackName, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var resource in AllAsync("ListStackResources", () => OfStack(stackName), "StackResourceSummaries", StackResourceSummary.Read, cancellationToken))
        {
            // moto lists what it does not know as a resource without a name.
            if (resource.LogicalResourceId.Length > 0)
            {
                yield return resource;
            }
        }
    }

    /// <summary>Begins it. A stack that is not there is a success.</summary>
    public Task DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            "DeleteStack",
            OfStack(request.StackName)
                .Text(nameof(request.ClientRequestToken), request.ClientRequestToken)
                .Text(nameof(request.RoleARN), request.RoleARN)
                .Texts(nameof(request.RetainResources), request.RetainResources)
                .Text(nameof(request.DeletionMode), request.DeletionMode),
            cancellationToken);

    /// <returns>What <see cref="DescribeStackDriftDetectionStatusAsync"/> is asked with.</returns>
    public async Task<string> DetectStackDriftAsync(string stackName, CancellationToken cancellationToken) =>
        (await CallAsync("DetectStackDrift", OfStack(stackName), cancellationToken)).Always("StackDriftDetectionId");

    public async Task<StackDriftDetection> DescribeStackDriftDetectionStatusAsync(string stackDriftDetectionId, CancellationToken cancellationToken)
    {
        var result = await CallAsync("DescribeStackDriftDetectionStatus", QueryForm.Query().Text("StackDriftDetectionId", stackDriftDetectionId), cancellationToken);
        return new StackDriftDetection(
            result.Always(nameof(StackDriftDetection.DetectionStatus)),
            result.Text(nameof(StackDriftDetection.DetectionStatusReason)),
            result.Text(nameof(StackDriftDetection.StackDriftStatus)),
            result.Number(nameof(StackDriftDetection.DriftedStackResourceCount)));
    }

    /// <param name="statuses">Of <c>StackResourceDriftStatusFilters</c>, such as <c>MODIFIED</c>; all, where it is empty.</param>
    public IAsyncEnumerable<StackResourceDrift> DescribeStackResourceDriftsAsync(string stackName, ImmutableArray<string> statuses, CancellationToken cancellationToken) =>
        AllAsync(
            "DescribeStackResourceDrifts",
            () => OfStack(stackName).Texts("StackResourceDriftStatusFilters", statuses),
            "StackResourceDrifts",
            StackResourceDrift.Read,
            cancellationToken);

    public Task UpdateTerminationProtectionAsync(string stackName, bool enableTerminationProtection, CancellationToken cancellationToken) =>
        CallAsync("UpdateTerminationProtection", OfStack(stackName).Flag("EnableTerminationProtection", enableTerminationProtection), cancellationToken);

    public Task SetStackPolicyAsync(string stackName, string stackPolicyBody, CancellationToken cancellationToken) =>
        CallAsync("SetStackPolicy", OfStack(stackName).Text("StackPolicyBody", stackPolicyBody), cancellationToken);

    /// <returns>JSON; null where the stack has none.</returns>
    public async Task<string?> GetStackPolicyAsync(string stackName, CancellationToken cancellationToken) =>
        (await CallAsync("GetStackPolicy", OfStack(stackName), cancellationToken)).Text("StackPolicyBody");

    public async Task<TemplateSummary> ValidateTemplateAsync(string templateBody, CancellationToken cancellationToken) =>
        TemplateSummary.Read(await CallAsync("ValidateTemplate", QueryForm.Query().Text("TemplateBody", templateBody), cancellationToken));

    /// <summary>Of the template that a stack was last made with.</summary>
    public async Task<TemplateSummary> GetTemplateSummaryAsync(string stackName, CancellationToken cancellationToken) =>
        TemplateSummary.Read(await CallAsync("GetTemplateSummary", OfStack(stackName), cancellationToken));

    /// <summary>As it was sent, byte for byte.</summary>
    /// <returns>Null where there is no such stack.</returns>
    public async Task<string?> GetTemplateAsync(string stackName, CancellationToken cancellationToken) =>
        (await CallAsync("GetTemplate", OfStack(stackName).Text("TemplateStage", "Original"), cancellationToken).OrNullAsync())?.Text("TemplateBody");

    public Task ContinueUpdateRollbackAsync(ContinueUpdateRollbackRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            "ContinueUpdateRollback",
            OfStack(request.StackName)
                .Text(nameof(request.ClientRequestToken), request.ClientRequestToken)
                .Text(nameof(request.RoleARN), request.RoleARN)
                .Texts(nameof(request.ResourcesToSkip), request.ResourcesToSkip),
            cancellationToken);

    public Task CancelUpdateStackAsync(string stackName, string clientRequestToken, CancellationToken cancellationToken) =>
        CallAsync("CancelUpdateStack", OfStack(stackName).Text("ClientRequestToken", clientRequestToken), cancellationToken);

    public Task RollbackStackAsync(RollbackStackRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            "RollbackStack",
            OfStack(request.StackName)
                .Text(nameof(request.ClientRequestToken), request.ClientRequestToken)
                .Text(nameof(request.RoleARN), request.RoleARN)
                .Flag(nameof(request.RetainExceptOnCreate), request.RetainExceptOnCreate),
            cancellationToken);

    public IAsyncEnumerable<StackExport> ListExportsAsync(CancellationToken cancellationToken) =>
        AllAsync(
            "ListExports",
            QueryForm.Query,
            "Exports",
            export => new StackExport(export.Always(nameof(StackExport.ExportingStackId)), export.Always(nameof(StackExport.Name)), export.Always(nameof(StackExport.Value))),
            cancellationToken);

    /// <summary>The names of the stacks that import a value, and keep its stack from being deleted.</summary>
    public async Task<ImmutableArray<string>> ListImportsAsync(string exportName, CancellationToken cancellationToken)
    {
        try
        {
            return [.. await AllAsync("ListImports", () => QueryForm.Query().Text("ExportName", exportName), "Imports", import => import.Value, cancellationToken).ToListAsync(cancellationToken)];
        }
        catch (AwsException none) when (none.Error.Kind == AwsErrorKind.NotFound)
        {
            return [];
        }
    }

    private static QueryForm OfStack(string stackName) => QueryForm.Query().Text(StackName, stackName);

    private Task<XElement> CallAsync(string operation, QueryForm form, CancellationToken cancellationToken) => _query.CallAsync(operation, form, cancellationToken);

    private IAsyncEnumerable<T> AllAsync<T>(string operation, Func<QueryForm> form, string list, Func<XElement, T> read, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async token =>
            {
                var result = await CallAsync(operation, form().Text(NextToken, token), cancellationToken);
                return new Page<T>(result.Members(list, read), result.Text(NextToken));
            },
            cancellationToken);
}
