package io.llmplatform.query.usage.request;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.web.CutOffException;
import io.llmplatform.query.web.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams requests, oldest first, from a cursor of the database: memory does not grow with their number. Counted in the same
 * snapshot beforehand, so that a client can show how far it is.
 */
@Component
class UsageExports {
    private static final Logger LOG = LoggerFactory.getLogger(UsageExports.class);

    /** How many rows there will be. */
    static final String ROWS = "X-Export-Rows";

    private static final int FETCHED_AT_ONCE = 500;

    /** Each holds a connection of the database for as long as its client takes to read. */
    private static final int AT_ONCE = 3;

    private final JdbcClient jdbc;
    private final JsonMapper mapper;
    private final TransactionTemplate snapshot;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final String count = SqlFile.read("usage-export-count");
    private final String export = SqlFile.read("usage-export");

    UsageExports(JdbcClient jdbc, JsonMapper mapper, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.mapper = mapper;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * @param head whether only the headers are asked for
     * @throws RefusedException 503 while too many are under way
     * @throws CutOffException when it broke off
     */
    void write(RequestFilter filter, Person person, String format, HttpServletResponse response, boolean head) {
        if (!free.tryAcquire()) {
            throw RefusedException.unavailable(
                    "there are " + AT_ONCE + " exports under way; try again when one is over");
        }
        try {
            snapshot.executeWithoutResult(status -> {
                long rows = filter.bind(jdbc.sql(count)).query(Long.class).single();
                headers(response, format, rows);
                if (!head) {
                    rows(filter, person, format, response);
                }
            });
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                if (e instanceof UncheckedIOException) {
                    LOG.info("the client of an export has left: {}", e.getMessage());
                    return;
                }
                throw new CutOffException(e);
            }
            // What comes now is a problem document, not a file.
            response.setContentType(null);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            response.setHeader(ROWS, null);
            throw e;
        } finally {
            free.release();
        }
    }

    private static void headers(HttpServletResponse response, String format, long rows) {
        response.setHeader(ROWS, Long.toString(rows));
        response.setContentType(format.equals("csv") ? "text/csv;charset=UTF-8" : "application/x-ndjson");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("usage-requests." + format)
                        .build()
                        .toString());
    }

    private void rows(RequestFilter filter, Person person, String format, HttpServletResponse response) {
        try {
            Writer out = new BufferedWriter(
                    new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 15);
            var writer = RowWriter.of(format, mapper, out);
            var sent = new long[1];
            RowCallbackHandler send = row -> {
                try {
                    writer.row(UsageRequest.read(row, person.seesEverything()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                sent[0]++;
            };
            filter.bind(jdbc.sql(export).withFetchSize(FETCHED_AT_ONCE)).query(send);
            writer.end(sent[0]);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
