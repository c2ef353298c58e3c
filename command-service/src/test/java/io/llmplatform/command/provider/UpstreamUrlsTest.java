package io.llmplatform.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:11434/v1",
                "http://LOCALHOST./v1",
                "https://api.localhost/v1",
                "http://127.0.0.1/v1",
                "http://127.1.2.3:8080",
                "http://0.0.0.0/",
                "http://10.1.2.3/v1",
                "http://172.16.0.1/v1",
                "http://192.168.1.1/v1",
                "http://169.254.169.254/latest",
                "http://100.64.0.1/",
                "http://224.0.0.1/",
                "http://[::1]/v1",
                "http://[::]/v1",
                "http://[fd00::1]/v1",
                "http://[fe80::1]/v1",
                "http://[::ffff:10.0.0.1]/v1",
                "http://2130706433/v1",
                "http://0x7f000001/v1",
                "http://0177.0.0.1/v1",
            })
    void whatLeadsInsideIsAProblem(String url) {
        assertThat(UpstreamUrls.problem(url))
                .hasValueSatisfying(problem -> assertThat(problem).contains("UPSTREAM_ALLOW_PRIVATE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com/v1",
                "https://8.8.8.8/v1",
                "https://localhost.example.com/v1",
                "https://10.example.com/v1",
                "https://[2606:4700::1111]/v1",
                "mock:?token_ms=8",
            })
    void whatLeadsOutsideOrNowhereIsNot(String url) {
        assertThat(UpstreamUrls.problem(url)).isEmpty();
    }
}
