package io.llmplatform.query.settings;

import io.llmplatform.contracts.json.ContractJson;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Time, and the one JSON mapping: the contracts' with money never in scientific notation. */
@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JsonMapper jsonMapper() {
        return ContractJson.mapper()
                .rebuild()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }
}
