package io.llmplatform.command.bulk;

import io.llmplatform.command.access.Operation;
import io.llmplatform.command.bulk.ImportReport.Row;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.refusal.Refusal.FieldError;
import io.llmplatform.contracts.json.ContractJson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a row through the operation that creates one, on this thread and in its transaction. */
@Component
class RowSender {
    /** Notes of ours that say who asks and from where; not those that would put a transaction around the row again. */
    private static final String OURS = "io.llmplatform.command.";

    private static final String TRANSACTION = "io.llmplatform.command.write.";

    private final ObjectProvider<DispatcherServlet> dispatcher;
    private final Names names;

    RowSender(ObjectProvider<DispatcherServlet> dispatcher, Names names) {
        this.dispatcher = dispatcher;
        this.names = names;
    }

    /** @param section of the API, such as {@code users} */
    Row send(int index, ObjectNode row, String section, HttpServletRequest request, HttpServletResponse response) {
        var answer = new RowAnswer(response);
        try {
            var body = ContractJson.mapper().writeValueAsBytes(names.resolved(row));
            dispatcher
                    .getObject()
                    .service(
                            new RowRequest(request, Operation.BASE + "/" + section, body, attributes(request)), answer);
        } catch (Refusal.UnknownReference unknown) {
            return Row.refused(
                    index,
                    "unknown-reference",
                    unknown.detail(),
                    List.of(new FieldError(unknown.field(), unknown.detail())));
        } catch (Refusal.Conflict conflict) {
            return Row.refused(index, "conflict", conflict.detail(), null);
        } catch (ServletException e) {
            throw new IllegalStateException("row " + index, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row(index, answer.getStatus(), answer.json());
    }

    private static Row row(int index, int status, JsonNode answer) {
        if (status < HttpServletResponse.SC_BAD_REQUEST) {
            var key = answer.path("key");
            return Row.created(
                    index,
                    answer.path("id").asString(),
                    answer.path("version").asLong(),
                    key.isString() ? key.stringValue() : null,
                    answer.get("invitation"));
        }
        var type = answer.path("type").asString("urn:internal");
        var errors = new ArrayList<FieldError>();
        answer.path("errors")
                .forEach(error -> errors.add(new FieldError(
                        error.path("field").asString(""), error.path("message").asString(""))));
        return Row.refused(
                index,
                type.substring(type.lastIndexOf(':') + 1),
                answer.path("detail").asString(""),
                errors.isEmpty() ? null : errors);
    }

    private static List<String> attributes(HttpServletRequest request) {
        return Collections.list(request.getAttributeNames()).stream()
                .filter(name -> name.startsWith(OURS) && !name.startsWith(TRANSACTION))
                .toList();
    }
}
