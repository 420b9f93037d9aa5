using System.Text;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>Every stack of every profile, letter by letter. Parameters, policies and the like stand in <c>stacks.txt</c>.</summary>
public sealed class StackTemplateTests
{
    [Theory]
    [InlineData(Profile.Dev)]
    [InlineData(Profile.Staging)]
    [InlineData(Profile.Production)]
    internal void A_profile_has_its_stacks(Profile profile)
    {
        var model = Sample.Model(profile);

        var rendering = StackRenderer.Render(model);

        Assert.Empty(rendering.Problems);
        Assert.All(rendering.Stacks, stack => Golden.Matches(
            Encoding.UTF8.GetString([.. stack.Body]), $"Infrastructure/{model.Settings.Environment}/{stack.ShortName}.template.json"));
    }
}
