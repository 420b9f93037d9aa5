using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Binding;

public sealed class OutsideAddressTests
{
    [Theory]
    [InlineData("https://api.example.com/v1", "api.example.com:443")]
    [InlineData("see http://a.example.com and https://b.example.com:8443/x?y=z", "a.example.com:80 b.example.com:8443")]
    [InlineData("amqps://user:pass@word@mq.example.com/host", "mq.example.com:5671")]
    [InlineData("mongodb+srv://cluster0.abc.mongodb.net/db", "cluster0.abc.mongodb.net:27017")]
    [InlineData("jdbc:postgresql://pg.example.com/db?sslmode=require", "pg.example.com:5432")]
    [InlineData("Server=tcp:db.database.windows.net,1433;Database=x", "db.database.windows.net:1433")]
    [InlineData("Host=pg.example.com;Port=5433;Username=x", "pg.example.com:5433")]
    [InlineData("cache.example.com:6380,ssl=true", "cache.example.com:6380")]
    [InlineData("kafka-1.example.com:9092,kafka-2.example.com:9092", "kafka-1.example.com:9092 kafka-2.example.com:9092")]
    [InlineData("http://192.0.2.7:8080", "192.0.2.7:8080")]
    [InlineData("http://cache:6379 redis://cache", "")]
    [InlineData("http://localhost:80;http://+:8080;http://0.0.0.0:80;http://127.0.0.1:5;http://[::1]:3", "")]
    [InlineData("http://web.shop.svc:80 http://web.shop.svc.cluster.local", "")]
    [InlineData("Version=1.2.3:4;Time=12:30;Path=a.b", "")]
    [InlineData("https://", "")]
    [InlineData("unknown://host.example.com", "")]
    [InlineData("http://host.example.com:99999", "")]
    public void Addresses_are_found_by_their_form(string text, string expected)
    {
        var found = OutsideAddress.In(text).Select(address => $"{address.Host}:{address.Port}");

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void A_long_text_is_read_in_one_pass()
    {
        var text = string.Concat(Enumerable.Repeat("http://", 20_000)) + new string('a', 100_000);

        Assert.Empty(OutsideAddress.In(text));
    }
}
