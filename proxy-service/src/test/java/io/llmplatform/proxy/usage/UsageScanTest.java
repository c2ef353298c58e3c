package io.llmplatform.proxy.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class UsageScanTest {
    private static final JsonFactory JSON = new JsonFactory();

    @Test
    void kindsOfTokensAreToldApart() {
        assertThat(read("""
                {"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,
                 "prompt_tokens_details":{"cached_tokens":100,"audio_tokens":40,"image_tokens":30,"text_tokens":830},
                 "completion_tokens_details":{"reasoning_tokens":10,"audio_tokens":4,"x":{"y":[1]},"image_tokens":3}}""")).isEqualTo(new Tokens(1000, 100, 100, 10, false, new Tokens.Kinds(0, 30, 3, 40, 4)));
        assertThat(read("""
                {"input_tokens":60,"cache_read_input_tokens":40,"cache_creation_input_tokens":200,"output_tokens":7,
                 "cache_creation":{"ephemeral_5m_input_tokens":200}}""")).isEqualTo(new Tokens(300, 7, 40, 0, false, new Tokens.Kinds(200, 0, 0, 0, 0)));
        assertThat(read("""
                {"prompt_tokens":300,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":40,
                 "cache_creation_tokens":200}}""").kinds().cacheWrite()).isEqualTo(200);
    }

    @Test
    void whatIsOfAWrongTypeCountsAsAbsent() {
        assertThat(read(
                        "{\"prompt_tokens\":5,\"completion_tokens\":\"x\",\"prompt_tokens_details\":{\"cached_tokens\":null},"
                                + "\"completion_tokens_details\":[1]}"))
                .isEqualTo(new Tokens(5, 0, 0, 0, false));
    }

    private static Tokens read(String usage) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), usage)) {
            json.nextToken();
            return UsageScan.read(json);
        }
    }
}
