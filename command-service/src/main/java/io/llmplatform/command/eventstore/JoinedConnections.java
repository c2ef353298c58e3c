package io.llmplatform.command.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Connections of Spring's transactions, which Spring alone ends. Axon rolls the connection of a refused command back by
 * itself, and with it whatever else the transaction holds: the other rows of an import.
 */
final class JoinedConnections implements ConnectionProvider {
    private final ConnectionProvider connections;

    JoinedConnections(ConnectionProvider connections) {
        this.connections = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = connections.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    boolean rollsAllBack = method.getName().equals("rollback") && method.getParameterCount() == 0;
                    if (rollsAllBack && TransactionSynchronizationManager.isActualTransactionActive()) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
