using System.Text.Json;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Tests.Rendering;

public sealed class ObjectDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "replace /a 2")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", "replace /a \"1\"")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"c":3}""", "remove /a; add /c 3")]
    [InlineData("""{"a/b":{"c~d":1}}""", """{"a/b":{"c~d":2}}""", "replace /a~1b/c~0d 2")]
    [InlineData("[1,2,3]", "[1,3]", "remove /1")]
    [InlineData("[1,2,3,4]", "[1,4]", "remove /2; remove /1")]
    [InlineData("[1,4]", "[1,2,3,4]", "add /1 2; add /2 3")]
    [InlineData("""[{"n":"a","v":1},{"n":"b","v":2}]""", """[{"n":"a","v":3},{"n":"b","v":2}]""", "replace /0/v 3")]
    [InlineData("[1,2,9]", "[5,6,7,9]", "replace /0 5; replace /1 6; add /2 7")]
    [InlineData("[1]", "[]", "remove /0")]
    [InlineData("[]", "[1]", "add /0 1")]
    public void The_operations_lead_from_one_to_the_other(string before, string after, string expected)
    {
        var operations = ObjectDifference.Between(JsonElement.Parse(before), JsonElement.Parse(after));

        Assert.Equal(expected, string.Join("; ", operations.Select(operation => $"{operation.Operation} {operation.Path} {operation.Value?.GetRawText()}".TrimEnd())));
    }
}
