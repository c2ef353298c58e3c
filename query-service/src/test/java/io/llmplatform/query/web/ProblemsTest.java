package io.llmplatform.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

class ProblemsTest {
    private final Problems problems = new Problems();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/admin/v1/usage/breakdown");

    @Test
    void whoHasLeftIsNoFailureOfOurs() {
        var gone = new IOException("Broken pipe");
        assertThat(problems.unwritten(new AsyncRequestNotUsableException("failed to flush", gone), request))
                .isNull();
        assertThat(problems.unwritten(new HttpMessageNotWritableException("Could not write JSON", gone), request))
                .isNull();
    }

    @Test
    void whatCannotBeWrittenIs() {
        var failure = new HttpMessageNotWritableException("Could not write JSON", new IllegalStateException("endless"));
        var answer = Objects.requireNonNull(problems.unwritten(failure, request));
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }
}
