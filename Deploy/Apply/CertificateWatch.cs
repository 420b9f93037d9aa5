using Platform.Deploy.Aws;

namespace Platform.Deploy.Apply;

/// <summary>
/// While a stack waits for its certificate: says which record the domain has to have. CloudFormation writes it into the zone by itself; where the zone
/// is not the one that the world asks, somebody has to.
/// </summary>
internal sealed class CertificateWatch(AcmClient acm, TimeProvider time, IProgress<RunEvent> progress)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(15);

    // AWS looks each minute; a zone that is asked has the certificate issued within some.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Followed from then on, whatever this machine's clock says of its age.
    private string? _seen;

    /// <summary>What the certificate waited for when it was looked at last, as a sentence with its cure; null: nothing.</summary>
    public string? Open { get; private set; }

    /// <summary>Ends when it is cancelled, or the certificate is there.</summary>
    public async Task WatchAsync(string step, string domain, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var told = false;
        using var looks = new PeriodicTimer(Each, time);
        while (await looks.WaitForNextTickAsync(cancellationToken))
        {
            if (await NewestAsync(domain, started, cancellationToken) is not { } certificate)
            {
                continue;
            }

            if (certificate.Status == "ISSUED")
            {
                Open = null;
                return;
            }

            Open = OpenOf(domain, certificate);
            if (!told && Open is { } text && time.GetUtcNow() - started > Patience)
            {
                told = true;
                progress.Report(new RunEvent.Waiting(step, text));
            }
        }
    }

    private static string? OpenOf(string domain, CertificateDetail certificate)
    {
        var records = string.Join("; ", certificate.DomainValidationOptions
            .Where(option => option.ValidationStatus != "SUCCESS" && option.ResourceRecord is not null)
            .Select(option => $"{option.ResourceRecord?.Name} {option.ResourceRecord?.Type} {option.ResourceRecord?.Value}").Distinct(StringComparer.Ordinal));
        return records.Length == 0
            ? null
            : $"The certificate of {domain} still waits for its domain. See that the registrar names the servers of the hosted zone, or add where the domain is kept: {records}";
    }

    private async Task<CertificateDetail?> NewestAsync(string domain, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            if (_seen is { } known)
            {
                return await acm.DescribeCertificateAsync(known, cancellationToken);
            }

            var summary = await acm.ListCertificatesAsync(cancellationToken)
                .Where(one => one.DomainName.Equals(domain, StringComparison.OrdinalIgnoreCase) && (one.Status != "ISSUED" || one.CreatedAt >= since))
                .OrderByDescending(one => one.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            _seen = summary?.CertificateArn;
            return _seen is null ? null : await acm.DescribeCertificateAsync(_seen, cancellationToken);
        }
        catch (AwsException denied) when (denied.Error.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.Throttled or AwsErrorKind.Unavailable)
        {
            // It only adds to what the stack says.
            return null;
        }
    }
}
