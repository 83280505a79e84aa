package mmlocal

import (
	"path/filepath"
	"strconv"
)

// settings are the server's configuration as its environment. They allow what a
// bot needs and forbid every contact with the world outside this machine.
func settings(dir, dsn string, port int) []string {
	return append([]string{
		"MM_CONFIG=" + filepath.Join(dir, "config", "config.json"),
		"MM_SQLSETTINGS_DRIVERNAME=postgres",
		"MM_SQLSETTINGS_DATASOURCE=" + dsn,
		"MM_SERVICESETTINGS_LISTENADDRESS=127.0.0.1:" + strconv.Itoa(port),
		"MM_SERVICESETTINGS_SITEURL=" + siteURL(port),
	}, fixed...)
}

var fixed = []string{
	"MM_SQLSETTINGS_MAXOPENCONNS=40", // the embedded PostgreSQL has others to serve

	// What a bot needs.
	"MM_SERVICESETTINGS_ENABLEBOTACCOUNTCREATION=true",
	"MM_SERVICESETTINGS_ENABLEUSERACCESSTOKENS=true",
	"MM_SERVICESETTINGS_ENABLEOAUTHSERVICEPROVIDER=true",
	"MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS=127.0.0.1/8 localhost",
	"MM_RATELIMITSETTINGS_ENABLE=false",
	"MM_TEAMSETTINGS_MAXUSERSPERTEAM=1000",
	"MM_TEAMSETTINGS_ENABLEOPENSERVER=false", // only the administrator makes accounts
	"MM_EMAILSETTINGS_REQUIREEMAILVERIFICATION=false",
	"MM_LOCALIZATIONSETTINGS_DEFAULTCLIENTLOCALE=de",
	// As in houses: the server fetches addresses that it finds in posts. Tests show
	// that the bot's posts make it fetch nothing.
	"MM_SERVICESETTINGS_ENABLELINKPREVIEWS=true",

	// Nothing leaves this machine.
	"MM_SERVICESETTINGS_ENABLESECURITYFIXALERT=false",
	"MM_SERVICESETTINGS_ENABLEGIFPICKER=false",
	"MM_SERVICESETTINGS_ENABLELOCALMODE=false",
	"MM_LOGSETTINGS_ENABLEDIAGNOSTICS=false",
	"MM_LOGSETTINGS_ENABLESENTRY=false",
	"MM_ANNOUNCEMENTSETTINGS_ADMINNOTICESENABLED=false",
	"MM_ANNOUNCEMENTSETTINGS_USERNOTICESENABLED=false",
	"MM_EMAILSETTINGS_SENDEMAILNOTIFICATIONS=false",
	"MM_EMAILSETTINGS_SENDPUSHNOTIFICATIONS=false",
	"MM_EMAILSETTINGS_SMTPSERVER=127.0.0.1",
	"MM_EMAILSETTINGS_SMTPPORT=1",
	"MM_PLUGINSETTINGS_ENABLE=false",
	"MM_PLUGINSETTINGS_ENABLEMARKETPLACE=false",
	"MM_PLUGINSETTINGS_ENABLEREMOTEMARKETPLACE=false",
	"MM_PLUGINSETTINGS_AUTOMATICPREPACKAGEDPLUGINS=false",
	"MM_CLOUDSETTINGS_CWSURL=",
	"MM_CLOUDSETTINGS_CWSAPIURL=",
	"MM_METRICSSETTINGS_ENABLE=false",

	// No jobs: nothing here lives long enough for them, and they take seconds to end.
	"MM_JOBSETTINGS_RUNJOBS=false",
	"MM_JOBSETTINGS_RUNSCHEDULER=false",

	// The log goes to the part's own log, warnings and errors only.
	"MM_LOGSETTINGS_ENABLEFILE=false",
	"MM_LOGSETTINGS_ENABLECONSOLE=true",
	"MM_LOGSETTINGS_CONSOLELEVEL=WARN",
	"MM_LOGSETTINGS_CONSOLEJSON=false",
	"MM_LOGSETTINGS_ENABLECOLOR=false",
	"MM_NOTIFICATIONLOGSETTINGS_ENABLEFILE=false",
}
