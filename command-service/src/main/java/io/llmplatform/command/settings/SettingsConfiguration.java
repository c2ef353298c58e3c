package io.llmplatform.command.settings;

import com.zaxxer.hikari.HikariDataSource;
import io.llmplatform.contracts.secret.SecretBox;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Beans made of nothing but settings. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    PlatformSettings platformSettings(Environment environment) {
        return PlatformSettings.from(environment);
    }

    @Bean
    SecretBox secretBox(PlatformSettings settings) {
        return new SecretBox(settings.keyEncryptionKeys());
    }

    /** With PostgreSQL away a caller waits at most about two seconds for its 503. */
    @Bean
    DataSource dataSource(PlatformSettings settings) {
        var pool = new HikariDataSource();
        pool.setPoolName("postgresql");
        pool.setJdbcUrl(settings.database().jdbcUrl());
        pool.setUsername(settings.database().user());
        pool.setPassword(settings.database().password());
        pool.setMaximumPoolSize(10);
        pool.setConnectionTimeout(2_000);
        pool.setValidationTimeout(1_000);
        pool.setInitializationFailTimeout(-1);
        // Appends queue for one lock: behind a frozen instance they give up (503) instead of piling up.
        pool.setConnectionInitSql("set lock_timeout = '10s'");
        pool.addDataSourceProperty("ApplicationName", "command-service");
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // Else a failed statement would carry its values into the log.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return pool;
    }
}
