package io.llmplatform.command.token;

import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.command.start.StartTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TokenConfiguration {
    @Bean
    SigningKeyPair signingKeyPair(PlatformSettings settings) {
        return SigningKeyPair.fromSeed(settings.tokenSeed());
    }

    @Bean
    StartTask publishSigningKey(SigningKeyPair keys, SystemCommands commands) {
        return new StartTask() {
            @Override
            public int order() {
                return PUBLISH;
            }

            @Override
            public void run() {
                commands.send(
                        "signing-keys", new PublishSigningKey(keys.id(), SigningKeyPair.ALGORITHM, keys.publicKey()));
            }
        };
    }
}
