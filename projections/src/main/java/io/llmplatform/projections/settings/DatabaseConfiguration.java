package io.llmplatform.projections.settings;

import com.zaxxer.hikari.HikariDataSource;
import io.llmplatform.contracts.settings.DatabaseUrl;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pool of PostgreSQL connections. It starts without a database and finds it again after an outage. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** One per projection at work, and a few for builds beside them, heartbeats and health. */
    private static final int CONNECTIONS = 24;

    @Bean
    HikariDataSource dataSource(Settings settings) {
        var url = DatabaseUrl.parse(settings.databaseUrl());
        var pool = new HikariDataSource();
        pool.setPoolName("readmodel");
        pool.setJdbcUrl(url.jdbcUrl());
        pool.setUsername(url.user());
        pool.setPassword(url.password());
        // Where a name without a schema is looked for: the tables that readers see, unless a build is worked on.
        pool.setSchema("readmodel");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(3_000);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "projections");
        pool.addDataSourceProperty("connectTimeout", "3");
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }

    /** Migrations may take as long as they take: an index on a year of requests is not made in the pool's 30 seconds. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(Settings settings) {
        var url = DatabaseUrl.parse(settings.databaseUrl());
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        source.setApplicationName("projections migration");
        source.setConnectTimeout(3);
        source.setTcpKeepAlive(true);
        return source;
    }
}
