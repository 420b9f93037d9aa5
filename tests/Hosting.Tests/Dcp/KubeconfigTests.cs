using System.Text;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class KubeconfigTests
{
    private static readonly string Pem = DcpCertificate.Create(DateTimeOffset.UnixEpoch).Certificate;

    private static readonly string Complete =
        $"""
        apiVersion: v1
        clusters:
        - cluster:
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(Pem))}
            server: https://127.0.0.1:46831
          name: apiserver_cluster
        contexts:
        - context:
            cluster: apiserver_cluster
            user: apiserver_user
          name: apiserver
        current-context: apiserver
        kind: Config
        users:
        - name: apiserver_user
          user:
            token: abcdefghijklmnopqrstuvwxyz012345

        """;

    [Fact]
    public void Three_scalars_are_read()
    {
        var config = Kubeconfig.Parse(Complete);

        Assert.Equal(new Kubeconfig(new Uri("https://127.0.0.1:46831"), Pem, "abcdefghijklmnopqrstuvwxyz012345"), config);
    }

    [Fact]
    public void Quoted_scalars_are_read_too()
    {
        var config = Kubeconfig.Parse(Complete.Replace("https://127.0.0.1:46831", "\"https://127.0.0.1:46831\"", StringComparison.Ordinal));

        Assert.Equal(new Uri("https://127.0.0.1:46831"), config?.Server);
    }

    [Fact]
    public void A_half_written_file_is_nothing_yet()
    {
        var read = Enumerable.Range(0, Complete.Length).Where(length => Kubeconfig.Parse(Complete[..length]) is not null);

        Assert.Empty(read);
    }
}
