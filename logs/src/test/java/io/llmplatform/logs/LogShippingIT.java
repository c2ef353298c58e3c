package io.llmplatform.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.log.LogRecord;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.testkit.KafkaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class LogShippingIT {
    private static final Logger LOG = LoggerFactory.getLogger(LogShippingIT.class);

    @Configuration(proxyBeanMethods = false)
    static class Service {}

    @Test
    void whatIsLoggedReachesTheTopicAndAnOutageIsCounted() throws Exception {
        try (var kafka = KafkaServer.start();
                var service = start(kafka.bootstrapServers())) {
            MDC.put("request_id", "req_1");
            LOG.warn("disk {} is full", "sda", new IllegalStateException("no space"));
            MDC.clear();
            LOG.debug("not for others");
            service.getBean(LogShipper.class)
                    .ship(
                            Instant.EPOCH,
                            "req_2",
                            new LogRecord.Access("GET", "/v1/models", 503, 7, 0, 12, null, null, "t"));
            LOG.info("x".repeat(9_000));
            await().until(() ->
                    read(kafka).stream().anyMatch(line -> line.message().startsWith("xxx")));

            var warning = find(kafka, "disk sda is full").orElseThrow();
            assertThat(warning.service()).isEqualTo("some-service");
            assertThat(warning.level()).isEqualTo("warn");
            assertThat(warning.logger()).isEqualTo(LogShippingIT.class.getName());
            assertThat(warning.requestId()).isEqualTo("req_1");
            assertThat(warning.stack()).contains("IllegalStateException: no space", "LogShippingIT");
            var access = find(kafka, "GET /v1/models 503 7 ms").orElseThrow();
            assertThat(access.logger()).isEqualTo(LogRecord.ACCESS);
            assertThat(access.level()).isEqualTo("warn");
            assertThat(access.at()).isEqualTo(Instant.EPOCH);
            assertThat(read(kafka)).extracting(LogRecord::message).noneMatch("not for others"::equals);
            assertThat(read(kafka))
                    .allSatisfy(line -> assertThat(line.message()).hasSizeLessThanOrEqualTo(8_001));

            kafka.stop();
            // More than wait for the broker: nobody is held up, what is too much is counted.
            for (int i = 0; i < 30_000; i++) {
                LOG.info("while it is away {}", i);
            }
            kafka.restart();
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                LOG.info("again");
                return read(kafka).stream()
                        .anyMatch(line -> line.message().contains("lines of this log were not taken"));
            });
        }
    }

    @Test
    void aServiceWithoutABrokerStartsAndStopsAsEver() {
        try (var service = start("127.0.0.1:1")) {
            LOG.info("nobody hears this");
            assertThat(service.getBean(LogShipper.class)).isNotNull();
        }
        try (var service = start("")) {
            assertThat(service.containsBean("logShipper")).isFalse();
        }
    }

    private static ConfigurableApplicationContext start(String servers) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .run("--spring.application.name=some-service", "--KAFKA_BOOTSTRAP_SERVERS=" + servers);
    }

    private static Optional<LogRecord> find(KafkaServer kafka, String message) {
        return read(kafka).stream()
                .filter(line -> line.message().equals(message))
                .findFirst();
    }

    private static List<LogRecord> read(KafkaServer kafka) {
        var lines = new ArrayList<LogRecord>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(Topics.LOGS, 0);
            if (!consumer.listTopics().containsKey(Topics.LOGS)) {
                return lines;
            }
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> lines.add(ContractJson.mapper().readValue(record.value(), LogRecord.class)));
            }
        }
        return lines;
    }
}
