package io.llmplatform.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;

class OutagesTest {
    @ParameterizedTest
    @CsvSource({
        "08006, true", // connection lost
        "40P01, true", // deadlock
        "53300, true", // too many connections
        "57014, true", // statement timeout
        "57P01, true", // shutdown
        "42P01, true", // no such table yet
        "3F000, true", // no such schema yet
        "42703, false", // no such column
        "42601, false", // syntax
        "22003, false", // out of range
        "42501, false" // not granted
    })
    void tellsByTheState(String state, boolean outage) {
        var failure = new UncategorizedSQLException("task", "sql", new SQLException("reason", state));

        assertThat(Outages.isOne(failure)).isEqualTo(outage);
    }

    @Test
    void noConnectionIsAnOutageAndAFailureWithoutTheDatabaseIsNot() {
        assertThat(Outages.isOne(
                        new CannotGetJdbcConnectionException("none", new SQLException("bad password", "28P01"))))
                .isTrue();
        assertThat(Outages.isOne(new IllegalStateException(new SQLTransientConnectionException("pool is empty"))))
                .isTrue();
        assertThat(Outages.isOne(new DataRetrievalFailureException("what came is not what was expected")))
                .isFalse();
    }
}
