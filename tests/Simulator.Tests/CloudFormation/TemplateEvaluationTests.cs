using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.CloudFormation;
using Platform.Simulator.Resources;

namespace Platform.Simulator.Tests.CloudFormation;

public sealed class TemplateEvaluationTests
{
    private static readonly Template Template = TemplateReader.Read("""
        {
          "Parameters": { "Name": { "Type": "String" }, "Names": { "Type": "CommaDelimitedList" } },
          "Mappings": { "Sizes": { "eu-central-1": { "small": "t4g.nano" } } },
          "Conditions": {
            "IsWeb": { "Fn::Equals": [{ "Ref": "Name" }, "web"] },
            "IsNot": { "Fn::Not": [{ "Condition": "IsWeb" }] },
            "Both": { "Fn::And": [{ "Condition": "IsWeb" }, { "Condition": "IsNot" }] },
            "Either": { "Fn::Or": [{ "Condition": "IsWeb" }, { "Condition": "IsNot" }] }
          },
          "Resources": { "Topic": { "Type": "AWS::SNS::Topic" }, "Later": { "Type": "AWS::SNS::Topic" } }
        }
        """);

    [Theory]
    [InlineData("""{"Ref":"Name"}""", "\"web\"")]
    [InlineData("""{"Ref":"Names"}""", """["a","b"]""")]
    [InlineData("""{"Ref":"Topic"}""", "\"topic-1\"")]
    [InlineData("""{"Ref":"Later"}""", "\"{{changeSet:KNOWN_AFTER_APPLY}}\"")]
    [InlineData("""{"Ref":"AWS::Region"}""", "\"eu-central-1\"")]
    [InlineData("""{"Ref":"AWS::AccountId"}""", "\"123456789012\"")]
    [InlineData("""{"Ref":"AWS::Partition"}""", "\"aws\"")]
    [InlineData("""{"Ref":"AWS::URLSuffix"}""", "\"amazonaws.com\"")]
    [InlineData("""{"Ref":"AWS::StackName"}""", "\"shop\"")]
    [InlineData("""{"Fn::GetAtt":["Topic","TopicName"]}""", "\"t\"")]
    [InlineData("""{"Fn::GetAtt":"Topic.TopicName"}""", "\"t\"")]
    [InlineData("""{"Fn::GetAtt":["Later","TopicName"]}""", "\"{{changeSet:KNOWN_AFTER_APPLY}}\"")]
    [InlineData("""{"Fn::Sub":"${Name}-${Topic.TopicName}-${!Kept}-${AWS::Region}"}""", "\"web-t-${Kept}-eu-central-1\"")]
    [InlineData("""{"Fn::Sub":["${Own}/${Name}",{"Own":{"Fn::Join":["+",{"Ref":"Names"}]}}]}""", "\"a+b/web\"")]
    [InlineData("""{"Fn::Join":["-",["a",{"Ref":"Name"}]]}""", "\"a-web\"")]
    [InlineData("""{"Fn::Split":[",",{"Fn::ImportValue":"net-Subnets"}]}""", """["s1","s2"]""")]
    [InlineData("""{"Fn::Split":[",",{"Ref":"Later"}]}""", "\"{{changeSet:KNOWN_AFTER_APPLY}}\"")]
    [InlineData("""{"Fn::Select":["1",{"Ref":"Names"}]}""", "\"b\"")]
    [InlineData("""{"Fn::Select":[0,{"Fn::GetAZs":{"Ref":"AWS::Region"}}]}""", "\"eu-central-1a\"")]
    [InlineData("""{"Fn::If":["IsWeb","yes","no"]}""", "\"yes\"")]
    [InlineData("""{"Fn::If":["Both","yes",{"Fn::If":["Either","either","no"]}]}""", "\"either\"")]
    [InlineData("""{"a":{"Ref":"AWS::NoValue"},"b":[1,{"Ref":"AWS::NoValue"}]}""", """{"b":[1]}""")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"AWS::Region"},"small"]}""", "\"t4g.nano\"")]
    [InlineData("""{"Fn::Base64":"ab"}""", "\"YWI=\"")]
    [InlineData("""{"Fn::Cidr":["10.0.0.0/16",3,"8"]}""", """["10.0.0.0/24","10.0.1.0/24","10.0.2.0/24"]""")]
    [InlineData("""{"Condition":{"StringEquals":{"a":"b"}}}""", """{"Condition":{"StringEquals":{"a":"b"}}}""")]
    public void An_expression_has_its_value(string expression, string value) =>
        Assert.Equal(value, Evaluation().Value(JsonNode.Parse(expression))?.Write());

    [Theory]
    [InlineData("""{"Fn::ImportValue":"none"}""", "No export named none found.")]
    [InlineData("""{"Fn::Select":["7",{"Ref":"Names"}]}""", "Template error: Fn::Select cannot select nonexistent value at index 7")]
    [InlineData("""{"Fn::FindInMap":["Sizes","us-east-1","small"]}""", "Template error: Unable to get mapping for Sizes::us-east-1::small")]
    public void An_expression_without_a_value_says_why(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<EvaluationException>(() => Evaluation().Value(JsonNode.Parse(expression))).Message);

    [Fact]
    public void What_is_imported_is_known_afterwards()
    {
        var evaluation = Evaluation();

        evaluation.Value(JsonNode.Parse("""{"a":[{"Fn::ImportValue":{"Fn::Sub":"net-Subnets"}}]}"""));

        Assert.Equal(["net-Subnets"], evaluation.Imports);
    }

    private static TemplateEvaluation Evaluation() => new(Template, new EvaluationScope
    {
        AccountId = "123456789012",
        Region = "eu-central-1",
        StackName = "shop",
        StackId = "arn:shop",
        Zones = ["eu-central-1a", "eu-central-1b"],
        Parameters = ImmutableDictionary<string, JsonNode>.Empty.Add("Name", "web").Add("Names", new JsonArray("a", "b")),
        Export = name => name == "net-Subnets" ? "s1,s2" : null,
        Resource = name => name == "Topic" ? new KnownResource("topic-1", new JsonObject { ["TopicName"] = "t" }) : null,
    });
}
