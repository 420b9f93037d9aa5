using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>Templates and parameters that CloudFormation does not take, and what it says.</summary>
public sealed class TemplateRefusalTests
{
    private const string Topic = """{"Type":"AWS::SNS::Topic"}""";

    [Theory]
    [InlineData("""{""", "Template format error: JSON not well-formed. (line 1, column 2)")]
    [InlineData("""{"Resources":{}}""", "Template format error: At least one Resources member must be defined.")]
    [InlineData("""{"Resource":{}}""", "Invalid template property or properties [Resource]")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::EKS::Clustr"}}}""", "Template format error: Unrecognized resource types: [AWS::EKS::Clustr]")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::SNS::Topic","Propertes":{}}}}""", "Invalid template resource property 'Propertes'")]
    [InlineData("""{"Resources":{"a-b":{"Type":"AWS::SNS::Topic"}}}""", "Template format error: Resource name a-b is non alphanumeric.")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":{"Ref":"None"}}}}}""",
        "Template format error: Unresolved resource dependencies [None] in the Resources block of the template")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":{"Fn::GetAtt":["None","Arn"]}}}}}""",
        "Template error: instance of Fn::GetAtt references undefined resource None")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::SNS::Topic"},"B":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":{"Fn::GetAtt":"A.Nme"}}}}}""",
        "Template error: resource A does not support attribute type Nme in Fn::GetAtt")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::SNS::Topic","DependsOn":"B"},"B":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":{"Ref":"A"}}},"C":{"Type":"AWS::SNS::Topic","DependsOn":"B"}}}""",
        "Circular dependency between resources: [A, B]")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::SNS::Topic","Condition":"None"}}}""",
        "Template format error: Unresolved condition dependency None in the Resources block of the template")]
    public async Task A_template_is_refused_in_the_words_of_CloudFormation(string template, string message)
    {
        await using var driver = await StackDriver.StartAsync();

        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.Client.ValidateTemplateAsync(template, StackDriver.Token));

        Assert.Equal(("ValidationError", message), (refused.Error.Code, refused.Error.Message));
    }

    [Theory]
    [InlineData("AWS::EC2::AvailabilityZone::Name", "eu-central-1x", "Parameter validation failed: parameter value eu-central-1x for parameter name P does not exist")]
    [InlineData("Number", "many", "Parameter 'P' must be a number.")]
    [InlineData("AWS::SSM::Parameter::Value<String>", "/none", "Unable to fetch parameters [/none] from parameter store for this account.")]
    public async Task A_parameter_is_refused_in_the_words_of_CloudFormation(string type, string value, string message)
    {
        await using var driver = await StackDriver.StartAsync();
        var template = SmallTemplate.Read($$"""{"Parameters":{"P":{"Type":"{{type}}" } },"Resources":{"A":{{Topic}} } }""");
        var input = new StackInput { Parameters = new StackInput().Parameters.Add("P", value) };

        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("s", template, input));
        var missing = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("s", template, null));
        var unknown = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("s", template, input with { Parameters = input.Parameters.Add("Q", "1") }));

        Assert.Equal(message, refused.Error.Message);
        Assert.Equal("Parameters: [P] must have values", missing.Error.Message);
        Assert.Equal("Parameters: [Q] do not exist in the template", unknown.Error.Message);
    }

    [Fact]
    public async Task A_role_needs_the_capability_that_its_name_asks_for()
    {
        await using var driver = await StackDriver.StartAsync();
        var template = SmallTemplate.Read("""{"Resources":{"A":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"a","AssumeRolePolicyDocument":{}}}}}""");

        var named = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("s", template, new StackInput { Capabilities = ["CAPABILITY_IAM"] }));
        var any = await Assert.ThrowsAsync<AwsException>(() => driver.PrepareAsync("s", template.Without("Resources.A.Properties.RoleName"), new StackInput { Capabilities = [] }));

        Assert.Equal(("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]"), (named.Error.Code, named.Error.Message));
        Assert.Equal("Requires capabilities : [CAPABILITY_IAM]", any.Error.Message);
    }

    [Fact]
    public async Task A_template_of_more_than_51200_bytes_is_too_large()
    {
        await using var driver = await StackDriver.StartAsync();
        var template = $$"""{"Description":"{{new string('x', 51_200)}}","Resources":{"A":{{Topic}} } }""";

        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.Client.ValidateTemplateAsync(template, StackDriver.Token));

        Assert.Equal("1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200", refused.Error.Message);
    }

    [Fact]
    public async Task More_than_500_resources_are_too_many()
    {
        await using var driver = await StackDriver.StartAsync();
        var template = $$"""{"Resources":{ {{string.Join(',', Enumerable.Range(0, 501).Select(index => $"\"A{index}\":{Topic}"))}} } }""";

        var refused = await Assert.ThrowsAsync<AwsException>(() => driver.Client.ValidateTemplateAsync(template, StackDriver.Token));

        Assert.Equal("Template format error: Number of resources, 501, is greater than maximum allowed, 500", refused.Error.Message);
    }
}
