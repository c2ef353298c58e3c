package io.llmplatform.proxy;

import io.llmplatform.proxy.frontdoor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The gateway's own report on the management port. */
@Component
class GatewayHealthIndicator implements HealthIndicator {
    private final Health health;

    GatewayHealthIndicator(Health health) {
        this.health = health;
    }

    @Override
    public org.springframework.boot.health.contributor.Health health() {
        var report = health.report();
        var builder = report.serving()
                ? org.springframework.boot.health.contributor.Health.up()
                : org.springframework.boot.health.contributor.Health.outOfService();
        return builder.withDetail("state", report.status())
                .withDetail("config", report.config())
                .withDetail("journal", report.journal())
                .build();
    }
}
