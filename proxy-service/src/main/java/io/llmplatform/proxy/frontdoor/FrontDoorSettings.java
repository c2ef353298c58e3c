package io.llmplatform.proxy.frontdoor;

import java.net.URI;
import java.util.List;

/**
 * @param mode           {@code demo} or {@code production}, told on {@code /health}
 * @param apiPrefix      second prefix of the data plane beside {@code /v1}
 * @param corsOrigins    origins that browsers may call from; {@code *} for all
 * @param trustedProxies addresses whose {@code X-Forwarded-For} is believed
 */
public record FrontDoorSettings(
        String mode,
        String apiPrefix,
        String projectName,
        String version,
        List<String> corsOrigins,
        List<String> trustedProxies,
        URI commandUrl,
        URI queryUrl) {}
