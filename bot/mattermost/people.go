package mattermost

import (
	"context"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
)

// mostPeople bounds how many people are read: more than any house has.
const mostPeople = 200_000

// People returns who belongs to the house's teams, page by page; where no teams are
// named, everybody with an account. Bots and those who have left are not among them.
func (c *Client) People(ctx context.Context) ([]chat.Person, error) {
	if len(c.cfg.Teams) == 0 {
		return c.pages(func(page int) ([]*model.User, *model.Response, error) { return c.api.GetUsers(ctx, page, perPage, "") })
	}
	var all []chat.Person
	for _, name := range c.cfg.Teams {
		team, resp, err := c.api.GetTeamByName(ctx, name, "")
		if err != nil {
			return nil, classify(fmt.Sprintf("find team (%s)", name), resp, err, c.now())
		}
		people, err := c.pages(func(page int) ([]*model.User, *model.Response, error) {
			return c.api.GetUsersInTeam(ctx, team.Id, page, perPage, "")
		})
		if err != nil {
			return nil, err
		}
		all = append(all, people...)
	}
	return all, nil
}

func (c *Client) pages(read func(page int) ([]*model.User, *model.Response, error)) (all []chat.Person, err error) {
	for page := 0; len(all) < mostPeople; page++ {
		users, resp, err := read(page)
		if err != nil {
			return nil, classify("list people", resp, err, c.now())
		}
		for _, u := range users {
			if !u.IsBot && u.DeleteAt == 0 {
				all = append(all, chat.Person{Username: u.Username, Given: u.FirstName, Family: u.LastName, Nickname: u.Nickname})
			}
		}
		if len(users) < perPage {
			break
		}
	}
	return all, nil
}
