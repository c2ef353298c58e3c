package io.llmplatform.projections.settings;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps Flyway from migrating at start; {@code SchemaMigration} does when the database is there. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {
    @Bean
    FlywayMigrationStrategy later() {
        return flyway -> {};
    }
}
