package io.llmplatform.query.settings;

import com.zaxxer.hikari.HikariDataSource;
import io.llmplatform.contracts.settings.DatabaseUrl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pool of PostgreSQL connections, read-only. Who waits for one too long is told so, quickly. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    @Bean
    HikariDataSource dataSource(Settings settings) {
        var url = DatabaseUrl.parse(settings.databaseUrl());
        var pool = new HikariDataSource();
        pool.setPoolName("readmodel");
        pool.setJdbcUrl(url.jdbcUrl());
        pool.setUsername(url.user());
        pool.setPassword(url.password());
        pool.setReadOnly(true);
        pool.setMaximumPoolSize(12);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(1_500);
        pool.setValidationTimeout(1_000);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "query-service");
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("socketTimeout", "20");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // Optional filters make one plan for all values a bad one: plan each statement for its values.
        pool.addDataSourceProperty("prepareThreshold", "0");
        pool.addDataSourceProperty("options", "-c statement_timeout=15000");
        return pool;
    }
}
