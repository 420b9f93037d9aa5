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

    /// <summary>Ends when it is cancelled, or the certificate is there.</summary>
    public async Task WatchAsync(string step, string domain, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var told = false;
        while (true)
        {
            await Task.Delay(Each, time, cancellationToken);
            if (await NewestAsync(domain, started, cancellationToken) is not { } certificate)
            {
                continue;
            }

            if (certificate.Status == "ISSUED")
            {
                return;
            }

            var open = certificate.DomainValidationOptions.Where(option => option.ValidationStatus != "SUCCESS" && option.ResourceRecord is not null).ToList();
            if (!told && open.Count > 0 && time.GetUtcNow() - started > Patience)
            {
                told = true;
                var records = string.Join("; ", open.Select(option => $"{option.ResourceRecord?.Name} {option.ResourceRecord?.Type} {option.ResourceRecord?.Value}").Distinct(StringComparer.Ordinal));
                progress.Report(new RunEvent.Waiting(
                    step, $"The certificate of {domain} still waits for its domain. See that the registrar names the servers of the hosted zone, or add where the domain is kept: {records}"));
            }
        }
    }

    private async Task<CertificateDetail?> NewestAsync(string domain, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            var summary = await acm.ListCertificatesAsync(cancellationToken)
                .Where(one => one.DomainName.Equals(domain, StringComparison.OrdinalIgnoreCase) && (one.Status != "ISSUED" || one.CreatedAt >= since))
                .OrderByDescending(one => one.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            return summary is null ? null : await acm.DescribeCertificateAsync(summary.CertificateArn, cancellationToken);
        }
        catch (AwsException denied) when (denied.Error.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.Throttled or AwsErrorKind.Unavailable)
        {
            // It only adds to what the stack says.
            return null;
        }
    }
}
