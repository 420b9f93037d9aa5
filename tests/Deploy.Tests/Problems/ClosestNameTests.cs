using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Problems;

public sealed class ClosestNameTests
{
    [Theory]
    [InlineData("wbe", "web")]
    [InlineData("WEB", "web")]
    [InlineData("we", "web")]
    [InlineData("cahce", "cache")]
    [InlineData("bindngs", "bindings")]
    [InlineData("webfront", null)]
    [InlineData("api", null)]
    [InlineData("", null)]
    public void The_name_that_differs_by_at_most_a_third_is_found(string written, string? expected) =>
        Assert.Equal(expected, ClosestName.Among(["cache", "bindings", "web", "database"], written));

    [Fact]
    public void Of_two_that_are_as_near_the_first_by_name_is_taken() => Assert.Equal("cash", ClosestName.Among(["catch", "cash"], "cach"));
}
