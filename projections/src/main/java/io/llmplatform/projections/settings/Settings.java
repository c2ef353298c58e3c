package io.llmplatform.projections.settings;

import io.llmplatform.contracts.settings.Secrets;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of this service; {@code application.yml} maps the environment to them.
 *
 * @param mode            {@code demo} or {@code production}
 * @param personalDataKey opens the keys of persons
 */
@ConfigurationProperties("projections")
public record Settings(String databaseUrl, String mode, String personalDataKey, Kafka kafka, Search search) {
    /** @throws IllegalStateException when the key is missing, too short, or outside demo mode a known one */
    public Settings {
        Secrets.require("PERSONAL_DATA_KEY", personalDataKey, mode.equals("demo"));
    }

    @Override
    public String toString() {
        return "Settings[mode=" + mode + "]";
    }

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
