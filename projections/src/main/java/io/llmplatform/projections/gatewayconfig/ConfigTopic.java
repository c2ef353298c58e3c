package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.projections.runtime.TransientFailure;
import io.llmplatform.projections.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.stereotype.Component;

/** Creates {@code gateway.config.v1}: compacted, and soon, since a cold gateway reads it from its beginning. */
@Component
class ConfigTopic {
    private final Settings.Kafka settings;

    ConfigTopic(Settings settings) {
        this.settings = settings.kafka();
    }

    /** @throws TransientFailure when the broker is not available */
    void ensure() {
        var topic = new NewTopic(Topics.GATEWAY_CONFIG, 1, settings.replicationFactor())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_MS_CONFIG, "600000",
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1"));
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000))) {
            admin.createTopics(List.of(topic)).all().get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new TransientFailure("kafka: " + Topics.GATEWAY_CONFIG + " was not created", e);
            }
        } catch (TimeoutException e) {
            throw new TransientFailure("kafka: " + Topics.GATEWAY_CONFIG + " was not created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("interrupted", e);
        }
    }
}
