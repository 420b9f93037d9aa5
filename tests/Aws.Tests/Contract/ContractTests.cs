using System.Reflection;

namespace Platform.Deploy.Aws.Tests;

/// <summary>
/// Every request that is sent and every field that is read, against AWS's models: those of ACM, CloudFormation, ECR, EKS, Elastic Load
/// Balancing, STS and tagging from the shared data; those of EC2, IAM, Logs, Secrets Manager, Service Quotas and SSM from the botocore that
/// moto brings.
/// </summary>
public sealed class ContractTests : IDisposable
{
    private readonly FakeAws _aws = new();

    public static TheoryData<int, string> Cases =>
        [.. ContractCases.All.Index().Select(numbered => new TheoryDataRow<int, string>(numbered.Index, $"{numbered.Item.Api.Id} {numbered.Item.Operation}"))];

    // DescribeAddresses and DescribeAvailabilityZones have no pages.
    public static TheoryData<int, string> Lists =>
        [.. ContractCases.All.Index().Where(numbered => numbered.Item.IsPaged).Select(numbered => new TheoryDataRow<int, string>(numbered.Index, $"{numbered.Item.Api.Id} {numbered.Item.Operation}"))];

    public static TheoryData<string> Services => [.. ContractCases.All.Select(contract => contract.Api.Id).Distinct()];

    public void Dispose() => _aws.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_sends_and_reads_what_the_model_knows(int number, string title)
    {
        var contract = ContractCases.All[number];
        var operation = ServiceModel.Of(contract.Api).Operation(contract.Operation);
        var answer = SampleAnswer.Of(operation);
        _aws.Answers(answer).Answers(answer).Answers(answer);

        var result = await contract.CallAsync(_aws.Connection, TestContext.Current.CancellationToken);

        Assert.Empty(_aws.Sent.SelectMany(sent => RequestCheck.Findings(operation, sent)).Distinct());
        Assert.Empty(contract.IsSilent || contract.IsDigested ? [] : ResultCheck.Findings(result, title).Distinct());
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_is_read_page_after_page(int number, string title)
    {
        var contract = ContractCases.All[number];
        var answer = SampleAnswer.Of(ServiceModel.Of(contract.Api).Operation(contract.Operation));
        _aws.Answers(answer).Answers(answer).Answers(answer);

        await contract.CallAsync(_aws.Connection, TestContext.Current.CancellationToken);

        // The token of a sample is the same on each page, which ends the second.
        Assert.True(_aws.Sent.Count == 2, $"{title}: {_aws.Sent.Count} requests");
        Assert.NotEqual(_aws.Sent[0].Url.Query + _aws.Sent[0].Body, _aws.Sent[1].Url.Query + _aws.Sent[1].Body);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_has_the_names_of_its_model(string id)
    {
        var api = ContractCases.All.First(contract => contract.Api.Id == id).Api;

        var model = ServiceModel.Of(api);

        Assert.Equal(
            (model.Metadata("serviceId"), model.Metadata("endpointPrefix"), model.Metadata("signingName") ?? model.Metadata("endpointPrefix"), model.Metadata("targetPrefix") ?? model.Metadata("apiVersion")),
            (api.Id, api.HostPrefix, api.SigningName, api.Version));
    }

    [Fact]
    public void Every_method_of_every_client_has_its_case()
    {
        var clients = typeof(AwsSession).GetProperties().Select(property => property.PropertyType).Where(type => type.Name.EndsWith("Client", StringComparison.Ordinal));

        var methods = clients.SelectMany(client => client.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(method => !method.IsSpecialName);

        Assert.Equal(ContractCases.All.Count + MethodsOverOthers, methods.Count() + CasesBesideAnother);
    }

    // LoginAsync, which takes the answer of GetAuthorizationToken apart.
    private const int MethodsOverOthers = 1;

    // Of DeleteSecret (with a window, for good) and RevokeSecurityGroupRules (both sides).
    private const int CasesBesideAnother = 2;
}
