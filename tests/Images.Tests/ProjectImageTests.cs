using System.Collections.Immutable;
using Platform.Deploy.Images.Tests.Fixtures;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Images.Tests;

public sealed class ProjectImageTests(BaseRegistry bases) : IClassFixture<BaseRegistry>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_pushed_is_not_sent_again()
    {
        using var application = SampleApplication.Create(bases);
        var first = await PushAsync(application);

        var second = await PushAsync(application);

        Assert.Equal(first.Images, second.Images);
        Assert.Equal(0, second.BytesSent);
        Assert.InRange(first.BytesSent, 1, 1_000_000);
    }

    private async Task<(ImmutableArray<PushedImage> Images, long BytesSent)> PushAsync(SampleApplication application)
    {
        var events = new RecordedEvents();
        using var client = new RegistryClient(new SocketsHttpHandler(), (_, _) => Task.FromResult<RegistryCredential?>(null), RegistryPolicy.Default, events);
        var order = application.Order(bases.BaseImage);
        using var workspace = await ImageWorkspace.OpenAsync(order, Token);
        var built = await new ImageBuild(client, new Progress<ImageEvent>()).RunAsync(order, workspace, Token);
        var pushed = ImmutableArray.CreateBuilder<PushedImage>();
        foreach (var image in built)
        {
            pushed.Add(await new ImagePush(client, workspace).RunAsync(image, new RepositoryAddress(bases.Registry.Host, image.Repository), Token));
        }

        TestContext.Current.SendDiagnosticMessage($"{pushed[0].Reference} {pushed[0].Tag} {events.BytesSent}");
        return (pushed.ToImmutable(), events.BytesSent);
    }
}
