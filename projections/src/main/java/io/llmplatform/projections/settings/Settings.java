package io.llmplatform.projections.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of this service; {@code application.yml} maps the environment to them. */
@ConfigurationProperties("projections")
public record Settings(String databaseUrl, Kafka kafka, Search search) {

    /** @param replicationFactor of the topics that this service creates */
    public record Kafka(String bootstrapServers, short replicationFactor) {}

    /**
     * @param username    empty = no authentication
     * @param indexPrefix what every alias and index begins with
     */
    public record Search(String url, String username, String password, String indexPrefix) {
        @Override
        public String toString() {
            return "Search[" + url + "]";
        }
    }
}
