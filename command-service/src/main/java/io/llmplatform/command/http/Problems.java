package io.llmplatform.command.http;

import io.llmplatform.contracts.json.ContractJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes problem documents where no controller is in reach. */
public final class Problems {
    private Problems() {}

    public static void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var body = ContractJson.mapper()
                .writeValueAsBytes(problem.in(request.getRequestURI(), OriginFilter.requestId(request)));
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
