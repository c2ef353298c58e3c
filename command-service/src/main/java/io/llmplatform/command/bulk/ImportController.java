package io.llmplatform.command.bulk;

import io.llmplatform.command.bulk.ImportReport.Row;
import io.llmplatform.command.eventstore.EventPositions;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.refusal.Refusal.FieldError;
import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Imports. Each row has a transaction of its own, or a savepoint in a larger one: of the import when it is all or nothing,
 * of its idempotency key or dry run.
 */
@RestController
@RequestMapping(
        path = "/api/admin/v1/imports",
        consumes = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
class ImportController {
    private static final String ALL = "all-or-nothing";
    private static final Set<String> MODES = Set.of(ALL, "best-effort");

    /** Each password takes a hash, and the other writes may be waiting for the import's transaction meanwhile. */
    private static final int MOST_PASSWORDS = 50;

    private final RowSender sender;
    private final EventPositions positions;
    private final TransactionTemplate transactions;

    ImportController(RowSender sender, EventPositions positions, PlatformTransactionManager transactions) {
        this.sender = sender;
        this.positions = positions;
        this.transactions = new TransactionTemplate(transactions);
        this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @PostMapping("/users")
    ResponseEntity<ImportReport> users(
            @RequestParam(defaultValue = "best-effort") String mode,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request,
            HttpServletResponse response) {
        return carryOut("users", mode, body, request, response);
    }

    @PostMapping("/api-keys")
    ResponseEntity<ImportReport> apiKeys(
            @RequestParam(defaultValue = "best-effort") String mode,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request,
            HttpServletResponse response) {
        return carryOut("api-keys", mode, body, request, response);
    }

    @PostMapping("/models")
    ResponseEntity<ImportReport> models(
            @RequestParam(defaultValue = "best-effort") String mode,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request,
            HttpServletResponse response) {
        return carryOut("models", mode, body, request, response);
    }

    private ResponseEntity<ImportReport> carryOut(
            String section,
            String mode,
            byte @Nullable [] body,
            HttpServletRequest request,
            HttpServletResponse response) {
        new FieldErrors()
                .check(MODES.contains(mode), "mode", "expected all-or-nothing or best-effort")
                .present("body", body)
                .throwIfAny();
        var text = new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8);
        var type = request.getContentType();
        var rows = type != null && type.startsWith("text/csv") ? Rows.ofCsv(text) : Rows.ofJson(text);
        if (rows.stream().filter(row -> row.has("password")).count() > MOST_PASSWORDS) {
            throw new Refusal.Invalid("rows", "expected at most " + MOST_PASSWORDS + " with a password");
        }
        var done = mode.equals(ALL)
                ? transactions.execute(_ -> allOrNothing(section, rows, request, response))
                : each(section, rows, request, response);
        return ResponseEntity.ok()
                .header(Headers.CONSISTENCY_TOKEN, Long.toString(positions.last()))
                .body(ImportReport.of(mode, done));
    }

    /** @throws Refusal.Invalid naming what is wrong with which row; nothing is stored then */
    private List<Row> allOrNothing(
            String section, List<ObjectNode> rows, HttpServletRequest request, HttpServletResponse response) {
        var done = each(section, rows, request, response);
        var errors = done.stream()
                .filter(Row::isRefused)
                .flatMap(row -> row.errors() == null
                        ? java.util.stream.Stream.of(
                                new FieldError("rows[" + row.row() + "]", String.valueOf(row.detail())))
                        : row.errors().stream()
                                .map(error ->
                                        new FieldError("rows[" + row.row() + "]." + error.field(), error.message())))
                .toList();
        if (!errors.isEmpty()) {
            throw new Refusal.Invalid(errors);
        }
        return done;
    }

    private List<Row> each(
            String section, List<ObjectNode> rows, HttpServletRequest request, HttpServletResponse response) {
        var done = new ArrayList<Row>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            int index = i;
            var row = transactions.execute(transaction -> {
                var sent = sender.send(index, rows.get(index), section, request, response);
                if (sent.isRefused()) {
                    transaction.setRollbackOnly();
                }
                return sent;
            });
            done.add(row);
        }
        return done;
    }
}
