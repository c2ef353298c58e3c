package io.llmplatform.query.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of this service; {@code application.yml} maps the environment to them. */
@ConfigurationProperties("query")
public record Settings(String databaseUrl, Search search, Kafka kafka) {
    /** @param replicationFactor of the topic that this service creates */
    public record Kafka(String bootstrapServers, short replicationFactor) {}

    /** @param username empty = no authentication */
    public record Search(String url, String username, String password, String indexPrefix) {
        @Override
        public String toString() {
            return "Search[" + url + "]";
        }
    }
}
