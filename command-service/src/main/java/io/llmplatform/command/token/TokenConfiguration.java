package io.llmplatform.command.token;

import io.llmplatform.command.settings.PlatformSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TokenConfiguration {
    @Bean
    SigningKeyPair signingKeyPair(PlatformSettings settings) {
        return SigningKeyPair.fromSeed(settings.tokenSeed());
    }
}
