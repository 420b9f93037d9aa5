using System.Text.Json;
using Platform.Deploy.Rendering;
using Platform.Deploy.Tests.Infrastructure;

namespace Platform.Deploy.Tests.Rendering;

public sealed class StackFilesTests
{
    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Every_stack_of_every_option_is_written_with_what_to_pass_to_it(string variant)
    {
        var environment = EnvironmentRendering.Of(Variants.Model(variant));

        var files = StackFiles.Of(environment).ToDictionary(file => file.Path, file => JsonDocument.Parse(file.Write()));

        var stacks = files[$"infrastructure/{environment.Name}/stacks.json"].RootElement.GetProperty("stacks").EnumerateArray().ToList();
        Assert.Equal(environment.Stacks.Stacks.Select(stack => stack.Name), stacks.Select(stack => stack.GetProperty("name").GetString()));
        Assert.Equal(
            environment.Stacks.Stacks.SelectMany(stack => stack.Parameters.Select(parameter => parameter.Name)),
            stacks.SelectMany(stack => stack.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name)));
    }
}
