using Platform.Deploy.Infrastructure;
using Platform.Deploy.Planning;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Planning;

public sealed class DeployOrderTests
{
    [Theory]
    [InlineData(true, "bootstrap access registry mirror")]
    [InlineData(false, "bootstrap access registry")]
    public void Images_come_after_the_stacks_with_their_repositories_and_those_of_the_copies(bool mirror, string before)
    {
        var model = Sample.Model(Profile.Staging);
        model = model with { Settings = model.Settings with { Images = model.Settings.Images with { Mirror = mirror } } };

        var stacks = StackRenderer.Render(model).Stacks.Where(DeployOrder.IsBeforeImages);

        Assert.Equal(before, string.Join(' ', stacks.Select(stack => stack.ShortName)));
    }

    [Fact]
    public void Images_come_after_each_part_of_a_mirror_that_is_split()
    {
        var mirror = StackRenderer.Render(Sample.Model(Profile.Production)).Stacks.First(stack => stack.ShortName == MirrorStack.ShortName);

        Assert.True(DeployOrder.IsBeforeImages(mirror with { ShortName = "mirror-2" }));
    }
}
