-- The tables of an existing backend, with the columns that matter here, and a few rows.
CREATE TABLE organizations (id uuid PRIMARY KEY);
CREATE TABLE users (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations);
CREATE TYPE integrationtype AS ENUM ('jira', 'slack', 'zendesk');
CREATE TYPE integrationstatus AS ENUM ('active', 'inactive', 'pending', 'error', 'expired', 'suspended');
CREATE TABLE integrations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  integration_type integrationtype NOT NULL,
  status integrationstatus NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  is_deleted boolean NOT NULL DEFAULT false,
  organization_id uuid REFERENCES organizations
);
CREATE TABLE tickets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title varchar(500) NOT NULL,
  integration_routing varchar(100),
  created_by_id uuid NOT NULL REFERENCES users
);

INSERT INTO organizations VALUES ('10000000-0000-4000-8000-000000000000');
INSERT INTO users VALUES ('20000000-0000-4000-8000-000000000000', '10000000-0000-4000-8000-000000000000');
INSERT INTO integrations (name, integration_type, status, is_enabled, is_deleted, organization_id) VALUES
  ('Support', 'zendesk', 'active', true, false, '10000000-0000-4000-8000-000000000000'),
  ('Alerts', 'slack', 'inactive', true, false, '10000000-0000-4000-8000-000000000000'),
  ('Bugs', 'jira', 'active', true, false, '10000000-0000-4000-8000-000000000000'),
  ('Bugs', 'jira', 'active', true, true, '10000000-0000-4000-8000-000000000000');
INSERT INTO tickets (title, integration_routing, created_by_id) VALUES
  ('Printer is on fire', 'Support', '20000000-0000-4000-8000-000000000000'),
  ('Login fails', 'Bugs', '20000000-0000-4000-8000-000000000000'),
  ('Disk is full', 'alerts', '20000000-0000-4000-8000-000000000000');
