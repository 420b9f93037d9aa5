using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Deploy.Settings;

/// <summary>A block of IPv4 addresses.</summary>
internal readonly record struct Cidr(uint Address, int PrefixLength)
{
    private const int Bits = 32;

    /// <summary>Those of services in the cluster.</summary>
    public static readonly Cidr Services = new(0xAC14_0000, 16);

    public static readonly SettingFormat Format = new("a block of IPv4 addresses whose host bits are zero", "203.0.113.0/24", text => Parse(text) is not null)
    {
        Pattern = "^([0-9]{1,3}\\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])$",
    };

    /// <summary>What a VPC of ours is made of. The addresses of services (172.20.0.0/16) are taken.</summary>
    public static readonly SettingFormat VpcFormat = new(
        "a private /16 beside 172.20.0.0/16, which the cluster's services have",
        "10.0.0.0/16",
        text => Parse(text) is { PrefixLength: 16 } cidr && cidr.IsPrivate && !cidr.Overlaps(Services))
    {
        Pattern = "^([0-9]{1,3}\\.){2}0\\.0/16$",
    };

    /// <summary>What a VPC that exists may have.</summary>
    public static readonly SettingFormat ExistingVpcFormat = new(
        "a block of 16 to 65,536 IPv4 addresses beside 172.20.0.0/16, which the cluster's services have",
        "10.20.0.0/16",
        text => Parse(text) is { PrefixLength: >= 16 and <= 28 } cidr && !cidr.Overlaps(Services))
    {
        Pattern = "^([0-9]{1,3}\\.){3}[0-9]{1,3}/(1[6-9]|2[0-8])$",
    };

    private bool IsPrivate => new Cidr(0x0A00_0000, 8).Overlaps(this) || new Cidr(0xAC10_0000, 12).Overlaps(this) || new Cidr(0xC0A8_0000, 16).Overlaps(this);

    /// <summary>Null: the text is no such block.</summary>
    public static Cidr? Parse(string text)
    {
        // IPAddress takes "10.1" for 10.0.0.1 and "010" for 8: four plain numbers are asked for.
        if (text.Split('/') is not [var address, var length]
            || address.Split('.') is not { Length: 4 } parts
            || !parts.Append(length).All(part => TextFormats.Digits(part) && (part.Length == 1 || part[0] != '0'))
            || !IPAddress.TryParse(address, out var parsed)
            || parsed.AddressFamily != AddressFamily.InterNetwork
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > Bits)
        {
            return null;
        }

        var number = BinaryPrimitives.ReadUInt32BigEndian(parsed.GetAddressBytes());
        return (number & ~Mask(bits)) == 0 ? new Cidr(number, bits) : null;
    }

    public bool Overlaps(Cidr other)
    {
        var mask = Mask(Math.Min(PrefixLength, other.PrefixLength));
        return (Address & mask) == (other.Address & mask);
    }

    private static uint Mask(int bits) => bits == 0 ? 0 : uint.MaxValue << (Bits - bits);
}
